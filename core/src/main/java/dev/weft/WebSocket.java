package dev.weft;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket connection, as its endpoint sees it. {@link #receive()} belongs to the endpoint's own thread;
 * everything else is thread-safe.
 *
 * <p>Keep receiving: pings are answered and a close is noticed while a thread waits in {@code receive()}.
 */
public interface WebSocket {
    /** Returns the request that opened the connection. */
    HttpRequest request();

    /** Returns the negotiated subprotocol, or null. */
    @Nullable
    String subprotocol();

    /** Returns the address of the peer. */
    InetSocketAddress remoteAddress();

    /**
     * Blocks until a message has come and returns it, or null once the connection has ended; {@link #closeCode()} then
     * tells why. A violation of the protocol by the peer closes the connection with the code of the RFC and ends here
     * with null as well.
     *
     * <p>Interrupting the thread while it is here ends the connection, as it does for every socket that a virtual thread
     * reads; an interrupt while the endpoint does something else does no harm.
     */
    @Nullable
    Message receive();

    /**
     * Sends a message. From the endpoint's own thread it may block as long as the peer reads slowly; from other threads
     * it only queues and returns, and a peer that falls behind the outbox limits is disconnected.
     *
     * @return whether the message was accepted; false once the connection is closing or closed
     */
    boolean send(Message message);

    /** Sends a text message, as {@link #send(Message)} does. */
    default boolean send(String text) {
        return send(Message.text(text));
    }

    /** Sends a binary message, as {@link #send(Message)} does; the array is copied. */
    default boolean send(byte[] bytes) {
        return send(Message.binary(bytes));
    }

    /**
     * Sends a ping.
     *
     * @param payload at most 125 bytes
     * @throws IllegalArgumentException if there are more
     */
    boolean ping(byte[] payload);

    /** Closes with {@link CloseCode#NORMAL} after everything queued before; returns at once. */
    default void close() {
        close(CloseCode.NORMAL, "");
    }

    /**
     * Closes after everything queued before; returns at once. The first call wins.
     *
     * @param reason at most 123 bytes of UTF-8
     * @throws IllegalArgumentException if the code may not be sent or the reason is too long
     */
    void close(CloseCode code, String reason);

    /** Cuts the TCP connection at once; nothing queued is sent. */
    void closeNow();

    /** Returns whether messages may still be sent. */
    boolean isOpen();

    /** Returns the code the connection ended with, or null while it has not ended. */
    @Nullable
    CloseCode closeCode();

    /** Returns the reason the peer gave, or an empty string. */
    String closeReason();

    /** Returns the number of bytes that wait to be sent. */
    long queuedBytes();
}
