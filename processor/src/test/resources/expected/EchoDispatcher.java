package com.acme.echo;

import dev.weft.CloseCode;
import dev.weft.Message;
import dev.weft.Problem;
import dev.weft.WebSocket;
import dev.weft.dispatch.WebSocketDispatcher;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import javax.annotation.processing.Generated;

/** Calls the methods of {@link Echo}. */
@Generated("dev.weft.processor.WeftProcessor")
final class EchoDispatcher implements WebSocketDispatcher {
    private final Echo endpoint;

    EchoDispatcher(Echo endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public String path() {
        return "/echo";
    }

    @Override
    public List<String> subprotocols() {
        return List.of("echo.v2", "echo.v1");
    }

    @Override
    public void connect(WebSocket webSocket) throws Exception {
        endpoint.open(webSocket);
    }

    @Override
    public void message(WebSocket webSocket, Message message) throws Exception {
        switch (message) {
            case Message.Text text -> say(webSocket, text);
            case Message.Binary binary -> data(webSocket, binary);
        }
    }

    @Override
    public void disconnect(WebSocket webSocket, CloseCode code) throws Exception {
        endpoint.close(code);
    }

    @Override
    public boolean failed(WebSocket webSocket, Throwable failure) throws Exception {
        switch (failure) {
            case IOException cause -> endpoint.failed(webSocket, cause);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void say(WebSocket webSocket, Message.Text text) throws Exception {
        var reply = endpoint.say(webSocket, text.text());
        if (reply != null) {
            webSocket.send(reply);
        }
    }

    private void data(WebSocket webSocket, Message.Binary binary) throws Exception {
        checkSize(binary.bytes().size(), 4);
        webSocket.send(new Message.Binary(endpoint.data(binary.bytes())));
    }

    private static void checkSize(int size, int limit) {
        if (size > limit) {
            String message = "expected at most " + limit + " bytes but got " + size;
            throw new Problem(Problem.TOO_LARGE, message, Map.of("limit", limit, "actual", size)).asException();
        }
    }
}
