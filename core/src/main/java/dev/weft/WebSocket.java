package dev.weft;

import java.io.OutputStream;
import java.io.Writer;
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
     * it only queues and returns, and for a peer that falls behind the outbox limits {@link #overflow} applies.
     *
     * @return whether the message was accepted; false once the connection is closing or closed, and if {@link
     *     OverflowPolicy#BLOCK} refused it
     */
    default boolean send(Message message) {
        return send(message, true);
    }

    /**
     * Sends a message as {@link #send(Message)} does.
     *
     * @param compress whether it may be compressed, if server and client have agreed on that; false for secrets, and for
     *     what is compressed already
     */
    boolean send(Message message, boolean compress);

    /** Sends a text message, as {@link #send(Message)} does. */
    default boolean send(String text) {
        return send(Message.text(text));
    }

    /** Sends a binary message, as {@link #send(Message)} does; the array is copied. */
    default boolean send(byte[] bytes) {
        return send(Message.binary(bytes));
    }

    /**
     * Opens a binary message of unknown length, to be written piece by piece and ended by {@code close()}. It goes in frames of
     * at most 16 KiB, between which pings and pongs pass; {@code flush()} sends what is there as a frame. What other threads
     * send meanwhile goes behind the message, within the outbox limits. The stream belongs to one thread at a time, any thread.
     * Writing blocks while the peer reads slowly.
     *
     * <p>Once the WebSocket is closing or closed, writing throws an {@link java.io.IOException}. Closing the WebSocket before the
     * stream gives the message up: the peer never sees its end, and what was sent behind it is dropped.
     *
     * @throws IllegalStateException if another message is being streamed on this WebSocket
     */
    OutputStream binaryStream();

    /** Opens a text message of unknown length, as {@link #binaryStream()} does; lone surrogates become question marks. */
    Writer textStream();

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

    /** Sets what messages that are sent from now on meet at a full queue; at first what the options of the server say. */
    void overflow(OverflowPolicy policy);

    /** Returns the number of bytes that wait to be sent. */
    long queuedBytes();

    /** Returns the number of messages that wait to be sent. */
    int queuedMessages();

    /** Returns how many messages an {@link OverflowPolicy} dropped, refused or, at the end, discarded. */
    long dropped();
}
