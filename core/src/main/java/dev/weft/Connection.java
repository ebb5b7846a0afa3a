package dev.weft;

import java.net.InetSocketAddress;

/** The session under a socket, shared by all namespaces of a client. Thread-safe. */
public interface Connection {
    /** Returns the Engine.IO session id: a secret; whoever knows it can send in the client's name. */
    String id();

    /** Returns {@code "polling"} or {@code "websocket"}. */
    String transport();

    /** Returns the address of the peer. */
    InetSocketAddress remoteAddress();

    /** Returns the number of bytes that wait to be sent. */
    long queuedBytes();

    /** Returns the number of messages that wait to be sent, a message with its attachments being one. */
    int queuedMessages();

    /**
     * Returns how many messages this client did not get since it connected: volatile ones that were skipped, and what an
     * {@link OverflowPolicy} dropped, refused or, at the end, discarded.
     */
    long dropped();

    /** Ends the session at once, without Socket.IO disconnect packets; the client will want to reconnect. */
    void close();
}
