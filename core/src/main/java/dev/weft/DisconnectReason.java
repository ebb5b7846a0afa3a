package dev.weft;

/** Why a socket ended; a closed list. {@link #text()} is the wording of Node's server where it has one. */
public enum DisconnectReason {
    /** The connection broke, or the client ignored the rules of the transport. */
    TRANSPORT_ERROR("transport error"),
    /** The client closed the connection. */
    TRANSPORT_CLOSE("transport close"),
    /** The server ended the session. */
    FORCED_CLOSE("forced close"),
    /** No pong came in time. */
    PING_TIMEOUT("ping timeout"),
    /** The client sent something that is not the protocol. */
    PARSE_ERROR("parse error"),
    /** The server stops. */
    SERVER_SHUTTING_DOWN("server shutting down"),
    /** The client joined no namespace within {@code connectTimeout}. */
    FORCED_SERVER_CLOSE("forced server close"),
    /** The client left the namespace. */
    CLIENT_NAMESPACE_DISCONNECT("client namespace disconnect"),
    /** The application disconnected the socket. */
    SERVER_NAMESPACE_DISCONNECT("server namespace disconnect"),
    /** A write made no progress within {@code writeTimeout}. */
    WRITE_TIMEOUT("write timeout"),
    /** A message exceeded {@code maxPayload}. */
    PAYLOAD_TOO_LARGE("payload too large"),
    /** Too much waited to be sent to the client, or too many events of it waited for a handler. */
    QUEUE_LIMIT("queue limit"),
    /** The client went on sending more than {@code messageRate} or {@code byteRate} for {@code rateLimitPatience}. */
    RATE_LIMIT("rate limit");

    private final String text;

    DisconnectReason(String text) {
        this.text = text;
    }

    /** Returns the wording on the wire and in Node's server. */
    public String text() {
        return text;
    }

    @Override
    public String toString() {
        return text;
    }
}
