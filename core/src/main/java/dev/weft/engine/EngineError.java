package dev.weft.engine;

import dev.weft.Headers;
import dev.weft.HttpResponse;
import dev.weft.bytes.Bytes;
import java.util.LinkedHashMap;
import java.util.Map;

/** The error codes of Engine.IO v4 handshakes and requests. */
public enum EngineError {
    /** The transport is not known. */
    UNKNOWN_TRANSPORT(0, "Transport unknown", 400),
    /** No session has this id. */
    UNKNOWN_SID(1, "Session ID unknown", 400),
    /** A handshake is a GET request. */
    BAD_HANDSHAKE_METHOD(2, "Bad handshake method", 400),
    /** Anything else that is wrong with a request. */
    BAD_REQUEST(3, "Bad request", 400),
    /** The application or the origin check refuses the client. */
    FORBIDDEN(4, "Forbidden", 403),
    /** Only version 4 is spoken. */
    UNSUPPORTED_PROTOCOL_VERSION(5, "Unsupported protocol version", 400);

    private final int code;
    private final String message;
    private final int status;

    EngineError(int code, String message, int status) {
        this.code = code;
        this.message = message;
        this.status = status;
    }

    /** Returns the answer to a polling request. */
    public HttpResponse response() {
        return response(message);
    }

    /** Returns the answer to a polling request that the application refuses with a message of its own. */
    static HttpResponse forbidden(String message) {
        return FORBIDDEN.response(message);
    }

    private HttpResponse response(String told) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("code", code);
        body.put("message", told);
        return HttpResponse.json(status, body).with("Cache-Control", "no-store");
    }

    /** Returns what is wrong, in a few words. */
    String message() {
        return message;
    }

    /** Returns the answer to an upgrade request; it ends the connection. */
    public HttpResponse upgradeResponse() {
        return new HttpResponse(
                status, Headers.of("Content-Type", "text/html", "Connection", "close"), Bytes.utf8(message));
    }
}
