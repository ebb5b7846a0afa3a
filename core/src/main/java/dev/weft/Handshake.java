package dev.weft;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a client presented when it connected. Immutable. */
public interface Handshake {
    /** Returns the HTTP request that opened the session. */
    HttpRequest request();

    /** Returns the first value of header {@code name} (any case) of that request, or null. */
    default @Nullable String header(String name) {
        return request().headers().first(name);
    }

    /** Returns the first value of query parameter {@code name}, or null. */
    default @Nullable String query(String name) {
        return request().query(name);
    }

    /** Returns the payload of the CONNECT packet; no arguments if there was none. */
    Arguments authArguments();

    /** Returns the payload of the CONNECT packet, an object; empty if there was none. */
    @SuppressWarnings("unchecked") // the payload is an object, and an object is read as a Map by name
    default Map<String, @Nullable Object> auth() {
        Object payload = authArguments().get(0);
        return payload == null ? Map.of() : (Map<String, @Nullable Object>) payload;
    }

    /**
     * Returns the payload of the CONNECT packet as a {@code type}.
     *
     * @throws dev.weft.json.BadValueException if it does not fit
     */
    default <T> T auth(Class<T> type) {
        return authArguments().get(0, type);
    }

    /** Returns when the client connected to the namespace. */
    Instant time();

    /** Returns the address of the peer. */
    InetSocketAddress remoteAddress();
}
