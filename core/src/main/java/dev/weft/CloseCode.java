package dev.weft;

/**
 * A WebSocket close code (RFC 6455, section 7.4), which may be any number from 1000 to 4999.
 *
 * @param value the number on the wire
 */
public record CloseCode(int value) {
    /** 1000: done. */
    public static final CloseCode NORMAL = new CloseCode(1000);
    /** 1001: the server stops, or the browser leaves the page. */
    public static final CloseCode GOING_AWAY = new CloseCode(1001);
    /** 1002: the peer broke the protocol. */
    public static final CloseCode PROTOCOL_ERROR = new CloseCode(1002);
    /** 1003: a kind of message that is not accepted. */
    public static final CloseCode UNSUPPORTED_DATA = new CloseCode(1003);
    /** 1005: the peer's close frame had no code; never sent. */
    public static final CloseCode NO_STATUS = new CloseCode(1005);
    /** 1006: the connection ended without a close frame; never sent. */
    public static final CloseCode ABNORMAL = new CloseCode(1006);
    /** 1007: a text message is not UTF-8. */
    public static final CloseCode BAD_DATA = new CloseCode(1007);
    /** 1008: against a rule of the server. */
    public static final CloseCode POLICY = new CloseCode(1008);
    /** 1009: a message is larger than allowed. */
    public static final CloseCode TOO_BIG = new CloseCode(1009);
    /** 1011: the server failed. */
    public static final CloseCode INTERNAL_ERROR = new CloseCode(1011);

    /** Returns whether this code may stand in a close frame: 1000-1003, 1007-1014 and 3000-4999. */
    public boolean mayBeSent() {
        return (value >= 1000 && value <= 1003) || (value >= 1007 && value <= 1014) || (value >= 3000 && value <= 4999);
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
