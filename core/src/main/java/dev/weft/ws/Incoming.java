package dev.weft.ws;

import dev.weft.CloseCode;
import dev.weft.Message;
import dev.weft.bytes.Bytes;

/** What a peer sent: a whole message or a control frame. Immutable. */
public sealed interface Incoming {
    /**
     * A message, its fragments put together.
     *
     * @param message the message
     */
    record Data(Message message) implements Incoming {}

    /**
     * A ping, to be answered with a pong of the same payload (RFC 6455, section 5.5.2).
     *
     * @param payload at most 125 bytes
     */
    record Ping(Bytes payload) implements Incoming {}

    /**
     * A pong (RFC 6455, section 5.5.3).
     *
     * @param payload at most 125 bytes
     */
    record Pong(Bytes payload) implements Incoming {}

    /**
     * A close frame (RFC 6455, section 5.5.1). Nothing counts that the peer sends after it.
     *
     * @param code a code that may stand in a close frame, or {@link CloseCode#NO_STATUS} if there was none
     * @param reason at most 123 bytes of UTF-8, empty if there was none
     */
    record Close(CloseCode code, String reason) implements Incoming {}
}
