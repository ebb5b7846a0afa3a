package com.acme.echo;

import dev.weft.CloseCode;
import dev.weft.WebSocket;
import dev.weft.annotation.MaxSize;
import dev.weft.annotation.OnConnect;
import dev.weft.annotation.OnDisconnect;
import dev.weft.annotation.OnError;
import dev.weft.annotation.OnMessage;
import dev.weft.annotation.WebSocketEndpoint;
import dev.weft.bytes.Bytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

@WebSocketEndpoint(
        value = "/echo",
        subprotocols = {"echo.v2", "echo.v1"})
class Echo {
    final List<String> log = new ArrayList<>();

    @OnConnect
    void open(WebSocket webSocket) {
        log.add("open");
    }

    @OnMessage
    @Nullable
    String say(WebSocket webSocket, String text) throws IOException {
        if (text.equals("fail")) {
            throw new IOException(text);
        }
        return text.isEmpty() ? null : text + "!";
    }

    @OnMessage
    @MaxSize(4)
    Bytes data(Bytes bytes) {
        return bytes.slice(1);
    }

    @OnDisconnect
    void close(CloseCode code) {
        log.add("closed " + code);
    }

    @OnError
    void failed(WebSocket webSocket, IOException failure) {
        webSocket.send("failed: " + failure.getMessage());
    }
}
