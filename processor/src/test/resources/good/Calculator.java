package com.acme.echo;

import dev.weft.annotation.OnError;
import dev.weft.annotation.OnMessage;
import dev.weft.annotation.WebSocketEndpoint;

@WebSocketEndpoint("/calculator")
class Calculator {
    @OnMessage
    Sum add(Terms terms) {
        return new Sum(terms.a() + terms.b());
    }

    @OnError
    void failed(Throwable failure) {}

    record Terms(int a, int b) {}

    record Sum(int value) {}
}
