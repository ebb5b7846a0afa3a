package dev.weft.http;

import dev.weft.Headers;
import dev.weft.HttpResponse;
import dev.weft.bytes.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Encodes responses (RFC 9112, section 4). Safe for use by many threads. */
public final class HttpWriter {
    /** The interim response that invites a body (RFC 9110, section 15.2.1). */
    public static final Bytes CONTINUE = Bytes.utf8("HTTP/1.1 100 Continue\r\n\r\n");

    /** IMF-fixdate (RFC 9110, section 5.6.7): unlike {@code RFC_1123_DATE_TIME} it has two digits for every day. */
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private static final int HEAD_SIZE = 256;

    private static final Map<Integer, String> REASONS = Map.ofEntries(
            Map.entry(200, "OK"),
            Map.entry(201, "Created"),
            Map.entry(202, "Accepted"),
            Map.entry(204, "No Content"),
            Map.entry(206, "Partial Content"),
            Map.entry(301, "Moved Permanently"),
            Map.entry(302, "Found"),
            Map.entry(303, "See Other"),
            Map.entry(304, "Not Modified"),
            Map.entry(307, "Temporary Redirect"),
            Map.entry(308, "Permanent Redirect"),
            Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(405, "Method Not Allowed"),
            Map.entry(408, "Request Timeout"),
            Map.entry(409, "Conflict"),
            Map.entry(413, "Content Too Large"),
            Map.entry(414, "URI Too Long"),
            Map.entry(415, "Unsupported Media Type"),
            Map.entry(416, "Range Not Satisfiable"),
            Map.entry(417, "Expectation Failed"),
            Map.entry(426, "Upgrade Required"),
            Map.entry(429, "Too Many Requests"),
            Map.entry(431, "Request Header Fields Too Large"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(501, "Not Implemented"),
            Map.entry(503, "Service Unavailable"),
            Map.entry(505, "HTTP Version Not Supported"));

    /** Replaced, never changed: a race costs one more formatting. */
    private static volatile DateLine dateLine = new DateLine(-1, "");

    private HttpWriter() {}

    /**
     * Encodes a whole response, with {@code Content-Length}, {@code Date} and {@code Connection}. Lengths and transfer
     * codings in the fields of {@code response} are ignored; a {@code Date} is kept.
     *
     * @param response the response; 204, 205 and 304 lose their body
     * @param keepAlive whether the connection stays open; the caller closes it otherwise
     * @param headOnly whether the request was HEAD: the body is left out, its length stays
     */
    public static Bytes encode(HttpResponse response, boolean keepAlive, boolean headOnly) {
        return encode(response, keepAlive, headOnly, System.currentTimeMillis() / 1000);
    }

    /** Returns the body that {@code response} is written with: none for 204, 205 and 304. */
    static Bytes bodyOf(HttpResponse response) {
        int status = response.status();
        return status == 204 || status == 205 || status == 304 ? Bytes.EMPTY : response.body();
    }

    /** Returns whether {@code response} itself asks for the end of the connection. */
    public static boolean closes(HttpResponse response) {
        return response.headers().hasToken("Connection", "close");
    }

    static Bytes encode(HttpResponse response, boolean keepAlive, boolean headOnly, long epochSecond) {
        int status = response.status();
        Bytes body = bodyOf(response);
        StringBuilder head = new StringBuilder(HEAD_SIZE);
        head.append("HTTP/1.1 ").append(status).append(' ').append(REASONS.getOrDefault(status, ""));
        head.append("\r\n");
        response.headers().asMap().forEach((name, values) -> appendField(head, name, values));
        if (response.headers().all("Date").isEmpty()) {
            head.append("Date: ").append(date(epochSecond)).append("\r\n");
        }
        head.append("Connection: ").append(connection(response.headers(), keepAlive));
        head.append("\r\n");
        if (status != 204 && status != 304) {
            head.append("Content-Length: ").append(body.size()).append("\r\n");
        }
        return join(head.append("\r\n").toString(), headOnly ? Bytes.EMPTY : body);
    }

    private static void appendField(StringBuilder head, String name, List<String> values) {
        switch (name) {
            case "connection", "content-length", "transfer-encoding" -> {}
            default -> {
                for (String value : values) {
                    appendName(head, name);
                    head.append(": ").append(value).append("\r\n");
                }
            }
        }
    }

    /** The usual spelling, {@code Content-Type} for {@code content-type}: some small clients compare cases. */
    private static void appendName(StringBuilder head, String name) {
        boolean first = true;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            head.append(first ? Character.toUpperCase(c) : c);
            first = c == '-';
        }
    }

    /** Said in both cases: an HTTP/1.0 client takes silence for close, an HTTP/1.1 client for keep-alive. */
    private static String connection(Headers headers, boolean keepAlive) {
        String own = String.join(", ", headers.all("Connection"));
        if (keepAlive || headers.hasToken("Connection", "close")) {
            return own.isEmpty() ? "keep-alive" : own;
        }
        return own.isEmpty() ? "close" : own + ", close";
    }

    private static String date(long epochSecond) {
        DateLine known = dateLine;
        if (known.epochSecond() != epochSecond) {
            known = new DateLine(epochSecond, DATE.format(Instant.ofEpochSecond(epochSecond)));
            dateLine = known;
        }
        return known.text();
    }

    /** Encodes with replacement: a cast of U+010D to a byte would be a CR, and would split the response. */
    private static Bytes join(String head, Bytes body) {
        byte[] encoded = head.getBytes(StandardCharsets.ISO_8859_1);
        byte[] whole = new byte[encoded.length + body.size()];
        System.arraycopy(encoded, 0, whole, 0, encoded.length);
        body.copyTo(whole, encoded.length);
        return Bytes.wrap(whole);
    }

    private record DateLine(long epochSecond, String text) {}
}
