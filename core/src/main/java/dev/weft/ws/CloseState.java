package dev.weft.ws;

import dev.weft.CloseCode;
import dev.weft.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The closing handshake of one connection (RFC 6455, section 7): at most one close frame is sent, nothing after it, and
 * the application sees one code. Pure; not thread-safe, its owner guards it.
 */
public final class CloseState {
    private boolean sent;
    private boolean received;
    /** What the application sees unless the connection just ends; null until a close came or the peer broke a rule. */
    private @Nullable CloseCode code;

    private String reason = "";

    /** Creates the state of an open connection. */
    public CloseState() {}

    /**
     * Starts the closing handshake from this side.
     *
     * @return the close frame to send after everything queued before, or null if one has been sent already
     * @throws IllegalArgumentException if the code may not be sent or the reason exceeds 123 bytes of UTF-8
     */
    public @Nullable Bytes start(CloseCode closeCode, String closeReason) {
        Bytes frame = Frames.close(closeCode, closeReason);
        return firstToSend() ? frame : null;
    }

    /**
     * Notes that the peer broke a rule (section 7.1.7, "Fail the WebSocket Connection"). The application sees its code
     * unless the peer has sent a close frame before.
     *
     * @return the close frame to send, or null if one has been sent already
     */
    public @Nullable Bytes fail(WebSocketException failure) {
        if (code == null) {
            code = failure.code();
            reason = failure.reason();
        }
        return firstToSend() ? Frames.close(failure.code(), failure.reason()) : null;
    }

    /**
     * Notes the close frame of the peer; only the first counts.
     *
     * @return the answer to send, with the same code, or null if a close frame has been sent already
     */
    public @Nullable Bytes receive(Incoming.Close close) {
        received = true;
        if (code == null) {
            code = close.code();
            reason = close.reason();
        }
        if (!firstToSend()) {
            return null;
        }
        return close.code().equals(CloseCode.NO_STATUS) ? Frames.close() : Frames.close(close.code(), "");
    }

    /** Returns whether data and control frames may still be sent: not after a close frame (section 5.5.1). */
    public boolean maySend() {
        return !sent;
    }

    /** Returns whether what the peer sends still counts: not after its close frame. */
    public boolean mayReceive() {
        return !received;
    }

    /** Returns whether both sides have sent a close frame, so that the server closes TCP now (section 7.1.1). */
    public boolean isComplete() {
        return sent && received;
    }

    /**
     * Returns the code that the application sees if the connection ends now: that of the peer's close frame,
     * {@link CloseCode#NO_STATUS} if it had none, that of the rule the peer broke, else {@link CloseCode#ABNORMAL}.
     */
    public CloseCode code() {
        return code == null ? CloseCode.ABNORMAL : code;
    }

    /** Returns the reason that goes with {@link #code()}, or an empty string. */
    public String reason() {
        return reason;
    }

    private boolean firstToSend() {
        boolean first = !sent;
        sent = true;
        return first;
    }
}
