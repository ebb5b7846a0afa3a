package dev.weft;

import java.util.Map;
import java.util.Set;

/**
 * One client in one namespace. Thread-safe.
 *
 * <p>Handlers of one connection run one at a time, in arrival order, and may block.
 */
public interface Socket extends Emitter {
    /** Returns the public id; never equal to the session id. */
    String id();

    /** Returns the namespace. */
    Namespace namespace();

    /** Returns what the client presented. */
    Handshake handshake();

    /** Returns the session under this socket. */
    Connection connection();

    /** Returns whether the client is in the namespace. */
    boolean connected();

    /**
     * Returns what the {@link Authorizer} of the namespace made of the client.
     *
     * @throws ClassCastException if it is not a {@code type}
     * @throws IllegalStateException if the namespace has no authorizer
     */
    <P> P principal(Class<P> type);

    /** Returns a map for whatever the application wants to remember of this socket; thread-safe, no null values. */
    Map<String, Object> data();

    /** Joins rooms; does nothing for those already joined or once disconnected. */
    void join(String... rooms);

    /** Leaves a room. */
    void leave(String room);

    /** Returns the rooms, the socket's own id among them; still readable in disconnect handlers. */
    Set<String> rooms();

    /** Returns a broadcast to the members of {@code rooms} except this socket. */
    Broadcast to(String... rooms);

    /** Returns a broadcast to the members of {@code rooms} except this socket; another name of {@link #to}. */
    default Broadcast in(String... rooms) {
        return to(rooms);
    }

    /** Returns a broadcast to everyone in the namespace but this socket and the members of {@code rooms}. */
    Broadcast except(String... rooms);

    /** Returns a broadcast to everyone in the namespace but this socket. */
    Broadcast broadcast();

    /** Leaves the namespace; the connection goes on for the others. Everything emitted before is delivered. */
    void disconnect();

    /** Leaves all namespaces of the connection and closes it, after everything emitted before. */
    void disconnectAll();

    /** Handles {@code event}; replaces nothing: every listener of a name runs, in order of registration. */
    void on(String event, EventListener listener);

    /** Handles {@code event} with its first argument decoded as {@code type}. */
    <T> void on(String event, Class<T> type, ValueListener<? super T> listener);

    /** Handles {@code event} with its first argument decoded as {@code type}; the result is the acknowledgement. */
    <T> void answer(String event, Class<T> type, ValueFunction<? super T, ?> function);

    /** Removes all listeners of {@code event}. */
    void off(String event);

    /** Sees every event before its handlers. */
    void onAny(EventListener listener);

    /** Runs once after the last event, with the rooms as they were. */
    void onDisconnect(DisconnectListener listener);

    /** Handles an event. */
    @FunctionalInterface
    interface EventListener {
        /** Handles the event; a failure is answered like that of an annotated handler. */
        void handle(Event event) throws Exception;
    }

    /** Handles one decoded value. */
    @FunctionalInterface
    interface ValueListener<T> {
        /** Handles the value. */
        void handle(T value) throws Exception;
    }

    /** Turns one decoded value into an acknowledgement. */
    @FunctionalInterface
    interface ValueFunction<T, R> {
        /** Returns the acknowledgement. */
        R apply(T value) throws Exception;
    }

    /** Runs when a socket has disconnected. */
    @FunctionalInterface
    interface DisconnectListener {
        /** Called once. */
        void disconnected(DisconnectReason reason) throws Exception;
    }
}
