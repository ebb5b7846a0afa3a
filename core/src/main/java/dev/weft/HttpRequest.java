package dev.weft;

import dev.weft.bytes.Bytes;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request. Immutable.
 *
 * @param method for example {@code GET}
 * @param target the request target as it came, path and query
 * @param path the path, percent-decoded
 * @param query the query parameters, decoded, in order
 * @param headers the header fields
 * @param body the body; empty while only the head is known
 * @param remoteAddress the address of the peer
 * @param secure whether the request came over TLS
 */
public record HttpRequest(
        String method,
        String target,
        String path,
        Map<String, List<String>> query,
        Headers headers,
        Bytes body,
        InetSocketAddress remoteAddress,
        boolean secure) {

    /** Returns the first value of query parameter {@code name}, or null. */
    public @Nullable String query(String name) {
        List<String> values = query.get(name);
        return values == null || values.isEmpty() ? null : values.getFirst();
    }

    /** Returns the first value of header {@code name} (any case), or null. */
    public @Nullable String header(String name) {
        return headers.first(name);
    }

    /** Returns the same request with a body. */
    public HttpRequest withBody(Bytes newBody) {
        return new HttpRequest(method, target, path, query, headers, newBody, remoteAddress, secure);
    }
}
