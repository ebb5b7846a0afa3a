package dev.weft.dispatch;

import dev.weft.CloseCode;
import dev.weft.Message;
import dev.weft.WebSocket;
import java.util.List;

/** Calls the methods of one {@code @WebSocketEndpoint} class. Generated; called on the thread of the connection. */
public non-sealed interface WebSocketDispatcher extends Dispatcher {
    /** Returns the path that the class serves. */
    String path();

    /** Returns the subprotocols that the class speaks, preferred ones first. */
    default List<String> subprotocols() {
        return List.of();
    }

    /** Calls the {@code @OnConnect} methods. */
    default void connect(WebSocket webSocket) throws Exception {}

    /** Calls the {@code @OnMessage} method for text or binary and sends what it returns. */
    default void message(WebSocket webSocket, Message message) throws Exception {}

    /** Calls the {@code @OnDisconnect} methods, once. */
    default void disconnect(WebSocket webSocket, CloseCode code) throws Exception {}

    /** Calls the {@code @OnError} method for {@code failure}; returns whether there is one. */
    default boolean failed(WebSocket webSocket, Throwable failure) throws Exception {
        return false;
    }
}
