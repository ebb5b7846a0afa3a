package dev.weft.http;

import dev.weft.HttpRequest;

/**
 * A request whose body has not been read, and what the head says about the connection.
 *
 * @param request the request, with an empty body
 * @param http11 whether the version is HTTP/1.1; otherwise it is HTTP/1.0
 * @param keepAlive whether the peer wants the connection to stay open (RFC 9112, section 9.3)
 * @param expectsContinue whether the peer waits for 100 before it sends the body (RFC 9110, section 10.1.1)
 * @param contentLength the bytes of the body, 0 if there is none, {@link #CHUNKED} if only its end will tell
 */
public record RequestHead(
        HttpRequest request, boolean http11, boolean keepAlive, boolean expectsContinue, long contentLength) {
    /** The {@link #contentLength()} of a chunked body. */
    public static final long CHUNKED = -1;

    /** Returns the same head around {@code other}, a request that says more. */
    public RequestHead with(HttpRequest other) {
        return new RequestHead(other, http11, keepAlive, expectsContinue, contentLength);
    }

    /**
     * Returns whether bytes of a body follow the head. Who does not read them closes the connection after the answer,
     * since they are not the next request.
     */
    public boolean hasBody() {
        return contentLength != 0;
    }
}
