package com.acme.bad;

import dev.weft.*;
import dev.weft.annotation.*;
import java.util.*;

import java.util.concurrent.CompletableFuture;

@WebSocketEndpoint("/sockets")
class WebSockets {
    @OnMessage("named")
    void named(String text) {}

    @OnMessage
    void second(String text) {}

    @OnMessage
    void nothing(WebSocket webSocket) {}

    @OnMessage
    void two(String text, byte[] bytes) {}

    @OnMessage
    void thread(Thread thread) {}

    @OnAny
    void any(Message message) {}

    @OnConnect
    void open(Socket socket) {}

    @OnDisconnect
    void close(DisconnectReason reason) {}

    @OnError
    Problem failed(Exception e) {
        return new Problem("A", "b");
    }
}

@WebSocketEndpoint("/more")
class MoreWebSockets {
    @OnMessage
    CompletableFuture<String> later(byte[] bytes) {
        return new CompletableFuture<>();
    }

    @OnMessage
    void text(Message.Text text) {}

    @OnMessage
    void never(Message message) {}
}
