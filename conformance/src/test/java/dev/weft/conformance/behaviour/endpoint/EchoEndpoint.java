package dev.weft.conformance.behaviour.endpoint;

import dev.weft.annotation.OnMessage;
import dev.weft.annotation.WebSocketEndpoint;

/** Answers every text with itself. */
@WebSocketEndpoint("/found")
class EchoEndpoint {
    @OnMessage
    String echo(String text) {
        return text;
    }
}
