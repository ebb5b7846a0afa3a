package dev.weft.server;

import dev.weft.WebSocket;

/** The loop of one raw WebSocket connection. When it returns, the connection is closed. */
@FunctionalInterface
public interface WebSocketHandler {
    /** Runs on a virtual thread of its own; a failure closes the connection with 1011. */
    void handle(WebSocket webSocket) throws Exception;
}
