package dev.weft.dispatch;

import dev.weft.DisconnectReason;
import dev.weft.Event;
import dev.weft.Handshake;
import dev.weft.Problem;
import dev.weft.Socket;
import org.jspecify.annotations.Nullable;

/**
 * Calls the methods of one {@code @Endpoint} class. Generated; called on the handler thread of the connection, one call
 * at a time a connection, and by many connections at once.
 */
public non-sealed interface EndpointDispatcher extends Dispatcher {
    /** Returns the namespace that the class handles. */
    String namespace();

    /**
     * Returns the principal of a client, or null if the class has no authorizer.
     *
     * @throws dev.weft.Refused to refuse it
     */
    default @Nullable Object authorize(Handshake handshake) throws Exception {
        return null;
    }

    /** Calls the {@code @OnConnect} methods. */
    default void connect(Socket socket) throws Exception {}

    /** Calls the {@code @OnAny} methods. */
    default void observe(Socket socket, Event event) throws Exception {}

    /**
     * Decodes the arguments of {@code event}, calls its {@code @OnMessage} method and replies with what it returns.
     *
     * @return whether the class has a handler for the event
     * @throws dev.weft.json.BadValueException if an argument does not fit; the handler was not called
     */
    default boolean dispatch(Socket socket, Event event) throws Exception {
        return false;
    }

    /** Calls the {@code @OnDisconnect} methods. */
    default void disconnect(Socket socket, DisconnectReason reason) throws Exception {}

    /**
     * Calls the {@code @OnError} method for {@code failure}.
     *
     * @return what to tell the client, or null if the class has no handler for it
     */
    default @Nullable Problem failed(Socket socket, Throwable failure) throws Exception {
        return null;
    }
}
