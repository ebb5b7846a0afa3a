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

    /** Ends the session at once, without Socket.IO disconnect packets; the client will want to reconnect. */
    void close();
}
