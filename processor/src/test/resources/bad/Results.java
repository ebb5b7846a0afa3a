package com.acme.bad;

import dev.weft.*;
import dev.weft.annotation.*;
import java.util.*;
import java.util.concurrent.*;

@Endpoint("/results")
class Results {
    @OnMessage("problem")
    Problem problem() {
        return new Problem("NO", "no");
    }

    @OnMessage("later problem")
    CompletionStage<Problem> laterProblem() {
        return CompletableFuture.completedFuture(problem());
    }

    @OnMessage("problems are data")
    List<Problem> problems() {
        return List.of();
    }

    @OnMessage("future")
    Future<String> future() {
        return laterText();
    }

    @OnMessage("stage")
    CompletableFuture<String> laterText() {
        return new CompletableFuture<>();
    }

    @OnMessage("thread")
    Thread thread() {
        return Thread.currentThread();
    }

    @OnMessage("socket")
    Socket socket(Socket socket) {
        return socket;
    }

    @OnMessage("sockets")
    Optional<List<Socket>> sockets(Socket socket) {
        return Optional.empty();
    }

    @OnMessage("acks")
    Ack<String>[] acks(Ack<String> ack) {
        throw new UnsupportedOperationException();
    }

    @OnMessage("message")
    Message.Text message() {
        throw new UnsupportedOperationException();
    }
}

@WebSocketEndpoint("/text")
class TextResults {
    @OnMessage
    Problem problem(String text) {
        return new Problem("NO", "no");
    }

    @OnMessage
    WebSocket echo(WebSocket webSocket, byte[] bytes) {
        return webSocket;
    }
}

@WebSocketEndpoint("/event")
class EventResults {
    @OnMessage
    void event(Event event) {}

    @OnMessage
    String ack(String text, Ack<String> ack) {
        return text;
    }
}
