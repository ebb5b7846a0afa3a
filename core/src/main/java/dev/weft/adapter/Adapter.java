package dev.weft.adapter;

import dev.weft.Arguments;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is in which room of one namespace, and how a broadcast reaches them; the seam for clusters. Thread-safe; no method
 * blocks on a recipient. Delivery on this node never waits for another one.
 */
public interface Adapter extends AutoCloseable {
    /** Adds a socket of this node to a room. */
    void join(String socketId, String room);

    /** Removes a socket of this node from a room. */
    void leave(String socketId, String room);

    /** Removes a socket of this node from all rooms. */
    void leaveAll(String socketId);

    /** Returns the rooms of a socket of this node; a copy. */
    Set<String> rooms(String socketId);

    /** Delivers {@code packet} to each of {@code recipients} once. */
    void broadcast(EventPacket packet, Recipients recipients);

    /** Delivers {@code packet} to each of {@code recipients} once and reports what they acknowledge before the deadline. */
    void broadcastWithAck(EventPacket packet, Recipients recipients, Duration deadline, Acks acks);

    @Override
    void close();

    /** Receives the acknowledgements of one broadcast. */
    interface Acks {
        /** The socket was asked. Called before its answer can come. */
        void asked(String socketId);

        /** The socket has answered. */
        void answered(String socketId, Arguments answer);

        /** The socket will not answer: it is gone. */
        void lost(String socketId);
    }

    /** The sockets of this node, as an adapter may use them. */
    interface LocalSockets {
        /** Returns the ids of all sockets of the namespace on this node. */
        Iterable<String> ids();

        /**
         * Returns a packet for {@link #deliver} and {@link #ask} with the arguments that came from another node: it is
         * encoded once, however many sockets get it.
         */
        EventPacket packet(String event, List<? extends @Nullable Object> args);

        /** Sends {@code packet} to the socket, if it is there, in the way that {@code recipients} say. Never blocks. */
        void deliver(String socketId, EventPacket packet, Recipients recipients);

        /** Sends {@code packet} to the socket and reports its acknowledgement. */
        void ask(String socketId, EventPacket packet, Duration deadline, Acks acks);
    }

    /** Makes the adapter of a namespace. */
    @FunctionalInterface
    interface Factory {
        /** Returns a new adapter for {@code namespace}. */
        Adapter create(String namespace, LocalSockets sockets);
    }
}
