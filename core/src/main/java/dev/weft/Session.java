package dev.weft;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A raw Engine.IO session: messages over WebSocket with long-polling as the fallback. {@link #receive()} belongs to the
 * endpoint's own thread; everything else is thread-safe.
 */
public interface Session {
    /** Returns the session id: a secret. */
    String id();

    /** Returns the request that opened the session. */
    HttpRequest request();

    /** Returns {@code "polling"} or {@code "websocket"}; changes once at an upgrade. */
    String transport();

    /** Returns the address of the peer. */
    InetSocketAddress remoteAddress();

    /** Blocks until a message has come and returns it, or null once the session has ended. */
    @Nullable
    Message receive();

    /**
     * Sends a message, as {@link WebSocket#send(Message)} does.
     *
     * @return whether the message was accepted; false once the session is closing or closed
     */
    boolean send(Message message);

    /** Sends a text message. */
    default boolean send(String text) {
        return send(Message.text(text));
    }

    /** Sends a binary message; the array is copied. */
    default boolean send(byte[] bytes) {
        return send(Message.binary(bytes));
    }

    /** Closes after everything queued before; returns at once. */
    void close();

    /** Returns why the session ended, or null while it has not. */
    @Nullable
    DisconnectReason closeReason();
}
