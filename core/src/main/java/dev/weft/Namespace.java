package dev.weft;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** A part of the server's clients that shares handlers and rooms. Thread-safe. Broadcast verbs address its sockets. */
public interface Namespace {
    /** Returns the name, which starts with a slash. */
    String name();

    /** Returns the sockets of this node that are in the namespace now. */
    Collection<Socket> sockets();

    /** Returns the connected socket with the public id {@code id} on this node, or null. */
    @Nullable
    Socket socket(String id);

    /** Runs for every socket that connects from now on, before any of its events; register its listeners there. */
    Namespace onConnect(ConnectListener listener);

    /** Decides about every client before it connects; several run in order of registration. May block. */
    Namespace use(Middleware middleware);

    /**
     * Sets what events of this namespace meet when too much waits for a client; what the options of the server say by default.
     * Best before the first client connects.
     */
    Namespace overflow(OverflowPolicy policy);

    /** Returns a broadcast to the whole namespace, to be narrowed. */
    Broadcast broadcast();

    /** Returns a broadcast to the members of rooms. */
    default Broadcast to(String... rooms) {
        return broadcast().to(rooms);
    }

    /** Returns a broadcast to the members of rooms; another name of {@link #to}. */
    default Broadcast in(String... rooms) {
        return to(rooms);
    }

    /** Returns a broadcast to everyone but the members of rooms. */
    default Broadcast except(String... rooms) {
        return broadcast().except(rooms);
    }

    /** Sends an event to everyone in the namespace; see {@link Broadcast#emit}. */
    default void emit(String event, @Nullable Object... args) {
        broadcast().emit(event, args);
    }

    /** Runs for every socket that connects. */
    @FunctionalInterface
    interface ConnectListener {
        /** Called on the client's handler thread. */
        void connected(Socket socket) throws Exception;
    }

    /** Decides about a client. */
    @FunctionalInterface
    interface Middleware {
        /**
         * Returns normally to let the client pass.
         *
         * @throws Refused to refuse it, with what the client is told
         * @throws Exception whatever else it throws refuses the client too, which is told {@code authorization failed}
         */
        void check(Socket socket) throws Exception;
    }
}
