package dev.weft.http;

import dev.weft.Headers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the header fields say about where a request ends and whether another may follow (RFC 9112, sections 3.2, 6, 9). */
final class Framing {
    private static final int MAX_LENGTH_DIGITS = 18;

    private Framing() {}

    /** Returns the one valid Host; null only for HTTP/1.0 without Host (RFC 9112, section 3.2). */
    static @Nullable String requireHost(Headers fields, boolean http11) throws BadRequestException {
        List<String> hosts = fields.all("Host");
        if (hosts.isEmpty() && !http11) {
            return null;
        }
        if (hosts.size() != 1 || Authority.parse(hosts.getFirst()) == null) {
            throw new BadRequestException(400, "A request must have exactly one valid Host field.");
        }
        return hosts.getFirst();
    }

    static long contentLength(Headers fields, boolean http11) throws BadRequestException {
        List<String> lengths = fields.all("Content-Length");
        List<String> codings = fields.all("Transfer-Encoding");
        if (!codings.isEmpty()) {
            requireChunked(codings);
            // "might be an attempt to perform request smuggling": RFC 9112, section 6.1, for both conditions.
            if (!lengths.isEmpty() || !http11) {
                throw new BadRequestException(400, "Transfer-Encoding must not come with Content-Length or HTTP/1.0.");
            }
            return RequestHead.CHUNKED;
        }
        if (lengths.size() > 1) {
            throw new BadRequestException(400, "Content-Length is repeated.");
        }
        return lengths.isEmpty() ? 0 : digits(lengths.getFirst());
    }

    private static long digits(String value) throws BadRequestException {
        boolean wellFormed = !value.isEmpty()
                && value.length() <= MAX_LENGTH_DIGITS
                && value.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!wellFormed) {
            throw new BadRequestException(400, "Content-Length must be a decimal number.");
        }
        return Long.parseLong(value);
    }

    /** Nothing but exactly one "chunked": 501 for codings we do not know before it, 400 if the end would be unclear. */
    private static void requireChunked(List<String> codings) throws BadRequestException {
        if (codings.size() == 1 && codings.getFirst().equalsIgnoreCase("chunked")) {
            return;
        }
        String[] all = String.join(",", codings).split(",", -1);
        int chunked = 0;
        for (String coding : all) {
            chunked += coding.strip().equalsIgnoreCase("chunked") ? 1 : 0;
        }
        if (chunked == 1 && all[all.length - 1].strip().equalsIgnoreCase("chunked")) {
            throw new BadRequestException(501, "The only transfer coding known here is chunked.");
        }
        throw new BadRequestException(400, "The last transfer coding must be chunked, once.");
    }

    static boolean expectsContinue(Headers fields) throws BadRequestException {
        List<String> expectations = fields.all("Expect");
        for (String expectation : expectations) {
            if (!expectation.equalsIgnoreCase("100-continue")) {
                throw new BadRequestException(417, "The only expectation known here is 100-continue.");
            }
        }
        return !expectations.isEmpty();
    }

    static boolean keepAlive(Headers fields, boolean http11) {
        return !fields.hasToken("Connection", "close") && (http11 || fields.hasToken("Connection", "keep-alive"));
    }
}
