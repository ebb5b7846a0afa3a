package dev.weft.net;

/** What a peer can do wrong, by kinds that an operator tells apart: each has one line an interval in the log. */
public enum PeerFault {
    /** Bytes that are no HTTP request, or one that a limit forbids. */
    MALFORMED_REQUEST("malformed HTTP requests"),
    /** A page of an origin that is not admitted. */
    FORBIDDEN_ORIGIN("requests of pages whose origin is not admitted (see allowOrigins)"),
    /** A handshake of Engine.IO or WebSocket that breaks its protocol. */
    BAD_HANDSHAKE("handshakes that break their protocol"),
    /** A client that the application does not let in. */
    NOT_ALLOWED("clients refused by allowRequest"),
    /** A session id that this server does not know. */
    UNKNOWN_SESSION("requests for sessions unknown here (they ended, or a balancer in front lacks sticky sessions)"),
    /** A message that its protocol does not allow. */
    BAD_MESSAGE("messages that break their protocol"),
    /** A body or message over its limit. */
    TOO_LARGE("messages over their limit"),
    /** A connection or session for which there is no place. */
    NO_PLACE("connections or sessions beyond their limit");

    private final String text;

    PeerFault(String text) {
        this.text = text;
    }

    /** Returns what these are called in the log. */
    String text() {
        return text;
    }
}
