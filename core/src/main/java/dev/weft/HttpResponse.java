package dev.weft;

import dev.weft.bytes.Bytes;
import dev.weft.json.JsonMapper;
import java.util.ArrayList;

/**
 * An HTTP response. Immutable. {@code Content-Length} and {@code Date} are added when it is written.
 *
 * @param status the status code, 200 to 599
 * @param headers the header fields
 * @param body the body
 */
public record HttpResponse(int status, Headers headers, Bytes body) {
    /** Checks the status. */
    public HttpResponse {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("status must be from 200 to 599 but was " + status);
        }
    }

    /** Returns a response without a body. */
    public static HttpResponse of(int status) {
        return new HttpResponse(status, Headers.EMPTY, Bytes.EMPTY);
    }

    /** Returns a response with a plain text body in UTF-8. */
    public static HttpResponse text(int status, String text) {
        return new HttpResponse(status, Headers.of("Content-Type", "text/plain; charset=utf-8"), Bytes.utf8(text));
    }

    /** Returns a response with {@code value} as JSON. */
    public static HttpResponse json(int status, Object value) {
        Bytes body = JsonMapper.standard().write(value, new ArrayList<>());
        return new HttpResponse(status, Headers.of("Content-Type", "application/json"), body);
    }

    /** Returns the same response with one more header field. */
    public HttpResponse with(String name, String value) {
        return new HttpResponse(status, headers.with(name, value), body);
    }
}
