package com.acme.echo;

import dev.weft.Message;
import dev.weft.WebSocket;
import dev.weft.bytes.Bytes;
import dev.weft.dispatch.WebSocketDispatcher;
import javax.annotation.processing.Generated;

/** Calls the methods of {@link Relay}. */
@Generated("dev.weft.processor.WeftProcessor")
final class RelayDispatcher implements WebSocketDispatcher {
    private final Relay endpoint;

    RelayDispatcher(Relay endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public String path() {
        return "/relay";
    }

    @Override
    public void message(WebSocket webSocket, Message message) throws Exception {
        message2(webSocket, message);
    }

    private void message2(WebSocket webSocket, Message message) throws Exception {
        webSocket.send(new Message.Binary(Bytes.copyOf(endpoint.message(message))));
    }
}
