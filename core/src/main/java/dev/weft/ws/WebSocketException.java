package dev.weft.ws;

import dev.weft.CloseCode;
import java.nio.charset.StandardCharsets;

/**
 * The peer broke a rule; the connection is to be closed with {@link #code()} and {@link #reason()}. Has no stack trace:
 * peers cause it at will.
 */
public final class WebSocketException extends Exception {
    /** The most bytes of UTF-8 that fit into a close frame beside the code (RFC 6455, section 5.5.1). */
    static final int MAX_REASON = 123;

    private static final long serialVersionUID = 1L;

    private final transient CloseCode code;

    /**
     * Creates the failure.
     *
     * @param reason what was expected and what came, as the peer will read it; cut to 123 bytes of UTF-8
     * @throws IllegalArgumentException if no close frame may carry the code
     */
    public WebSocketException(CloseCode code, String reason) {
        super(cut(reason), null, false, false);
        if (!code.mayBeSent()) {
            throw new IllegalArgumentException("close code " + code + " never stands in a close frame");
        }
        this.code = code;
    }

    static WebSocketException protocol(String reason) {
        return new WebSocketException(CloseCode.PROTOCOL_ERROR, reason);
    }

    static WebSocketException badData(String reason) {
        return new WebSocketException(CloseCode.BAD_DATA, reason);
    }

    static WebSocketException policy(String reason) {
        return new WebSocketException(CloseCode.POLICY, reason);
    }

    static WebSocketException tooBig(String reason) {
        return new WebSocketException(CloseCode.TOO_BIG, reason);
    }

    /** Returns the code of the close frame. */
    public CloseCode code() {
        return code;
    }

    /** Returns the reason of the close frame: at most 123 bytes of UTF-8. */
    public String reason() {
        String message = getMessage();
        return message == null ? "" : message;
    }

    private static String cut(String reason) {
        byte[] utf8 = reason.getBytes(StandardCharsets.UTF_8);
        if (utf8.length <= MAX_REASON) {
            return reason;
        }
        int end = MAX_REASON;
        while ((utf8[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(utf8, 0, end, StandardCharsets.UTF_8);
    }
}
