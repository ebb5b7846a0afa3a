package dev.weft.http;

import dev.weft.Headers;
import dev.weft.HttpRequest;
import dev.weft.bytes.Bytes;
import dev.weft.net.ByteInput;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Reads requests from one connection, strictly: whatever two HTTP implementations may understand differently is refused
 * (RFC 9112; section 11.2 on request smuggling). Holds no buffer between requests. Belongs to one thread at a time.
 *
 * <p>Takes time linear in the bytes it reads, and memory in the bytes that arrived, whatever lengths the peer declares.
 * Deadlines are the caller's business.
 */
public final class HttpReader {
    private static final int MAX_EMPTY_LINES = 4;

    private final ByteInput in;
    private final HttpLimits limits;
    private final InetSocketAddress remote;
    private final boolean secure;

    /**
     * Creates a reader.
     *
     * @param in where requests come from
     * @param limits what a head may cost
     * @param remote the address of the peer, for {@link HttpRequest#remoteAddress()}
     * @param secure whether the connection is TLS, for {@link HttpRequest#secure()}
     */
    public HttpReader(ByteInput in, HttpLimits limits, InetSocketAddress remote, boolean secure) {
        this.in = in;
        this.limits = limits;
        this.remote = remote;
        this.secure = secure;
    }

    /**
     * Reads the head of the next request; blocks until it is complete. Up to four empty lines before it are skipped
     * (RFC 9112, section 2.2).
     *
     * @return the head, or null if the stream ended before the request began
     * @throws BadRequestException if the head is malformed or too large: answer and close
     * @throws java.io.EOFException if the stream ends within the head
     * @throws IOException if the stream fails
     */
    public @Nullable RequestHead readHead() throws IOException, BadRequestException {
        LineReader lines = new LineReader(in);
        String first = firstLine(lines);
        if (first == null) {
            return null;
        }
        RequestLine line = RequestLine.parse(first);
        Headers fields = FieldReader.read(lines, limits);
        String host = Framing.requireHost(fields, line.http11());
        String authority = line.target().authority();
        if (authority != null && !authority.equals(host)) {
            fields = FieldReader.withHost(fields, authority);
        }
        return head(line, fields);
    }

    private @Nullable String firstLine(LineReader lines) throws IOException, BadRequestException {
        for (int i = 0; i <= MAX_EMPTY_LINES; i++) {
            if (!in.fill()) {
                return null;
            }
            String line = lines.read(limits.maxRequestLine(), 414, "The request line is too long.");
            if (!line.isEmpty()) {
                return line;
            }
        }
        throw new BadRequestException(400, "Too many empty lines before the request.");
    }

    private RequestHead head(RequestLine line, Headers fields) throws BadRequestException {
        RequestTarget target = line.target();
        HttpRequest request = new HttpRequest(
                line.method(), target.text(), target.path(), target.query(), fields, Bytes.EMPTY, remote, secure);
        long length = Framing.contentLength(fields, line.http11());
        boolean expectsContinue = line.http11() && Framing.expectsContinue(fields);
        return new RequestHead(
                request, line.http11(), Framing.keepAlive(fields, line.http11()), expectsContinue, length);
    }

    /**
     * Reads the body that follows {@code head}; blocks until it is complete. Trailers of a chunked body are checked and
     * dropped.
     *
     * @param maxBytes the most bytes of the body; a larger declared or received size is refused with 413 at once
     * @param onExpectContinue called before reading if the peer waits for 100 and the declared size is within the limit
     * @throws BadRequestException if the body is malformed or too large: answer and close
     * @throws java.io.EOFException if the stream ends within the body
     * @throws IOException if the stream fails
     */
    public Bytes readBody(RequestHead head, int maxBytes, BodyStart onExpectContinue)
            throws IOException, BadRequestException {
        BodyReader body = new BodyReader(in, limits, maxBytes);
        body.checkDeclared(head.contentLength());
        if (head.expectsContinue() && head.hasBody()) {
            onExpectContinue.expected();
        }
        return head.contentLength() == RequestHead.CHUNKED ? body.chunked() : body.sized((int) head.contentLength());
    }
}
