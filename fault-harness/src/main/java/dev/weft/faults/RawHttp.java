package dev.weft.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes HTTP/1.1 requests as given and reads responses. */
public final class RawHttp {
    private static final int MAX_LINE = 65_536;

    private RawHttp() {}

    /**
     * A response.
     *
     * @param status the status code
     * @param headers the last value of every header field, names in lower case
     * @param body the body
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    public record Response(int status, Map<String, String> headers, byte[] body) {
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        /** Returns the last value of header field {@code name}, or null if there is none. */
        public @Nullable String header(String name) {
            return headers.get(name.toLowerCase(Locale.ROOT));
        }
    }

    public static String get(String target, String... headerLines) {
        return request("GET", target, "", headerLines);
    }

    /** Returns a POST with the length of its body. */
    public static String post(String target, String body, String... headerLines) {
        String[] all = new String[headerLines.length + 1];
        System.arraycopy(headerLines, 0, all, 1, headerLines.length);
        all[0] = "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length;
        return request("POST", target, body, all);
    }

    public static String request(String method, String target, String body, String... headerLines) {
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n");
        for (String line : headerLines) {
            head.append(line).append("\r\n");
        }
        return head + "\r\n" + new String(body.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** Sends {@code request} over a connection of its own and returns the response. */
    public static Response exchange(int port, String request) throws IOException {
        try (RawConnection connection = RawConnection.open(port)) {
            connection.send(request);
            return read(connection);
        }
    }

    public static Response read(RawConnection connection) throws IOException {
        return read(connection, true);
    }

    /** Reads a response; one to HEAD has no body whatever its length says. */
    public static Response read(RawConnection connection, boolean mayHaveBody) throws IOException {
        String statusLine = line(connection);
        if (!statusLine.startsWith("HTTP/1.1 ")) {
            throw new IOException("expected a status line but got \"" + statusLine + "\"");
        }
        int status = Integer.parseInt(statusLine.substring(9, 12));
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = line(connection); !line.isEmpty(); line = line(connection)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).trim());
        }
        boolean empty = !mayHaveBody || status < 200 || status == 204 || status == 304;
        return new Response(status, headers, empty ? new byte[0] : body(connection, headers));
    }

    private static byte[] body(RawConnection connection, Map<String, String> headers) throws IOException {
        if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            return chunks(connection);
        }
        String length = headers.get("content-length");
        return length == null ? connection.readAll() : connection.readExactly(Integer.parseInt(length));
    }

    private static byte[] chunks(RawConnection connection) throws IOException {
        java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
        for (int size = chunkSize(connection); size > 0; size = chunkSize(connection)) {
            all.write(connection.readExactly(size));
            line(connection);
        }
        line(connection);
        return all.toByteArray();
    }

    private static int chunkSize(RawConnection connection) throws IOException {
        return Integer.parseInt(line(connection), 16);
    }

    private static String line(RawConnection connection) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = connection.read(); next != '\n'; next = connection.read()) {
            if (next < 0 || line.length() > MAX_LINE) {
                throw new IOException("the connection ended within the line \"" + line + "\"");
            }
            line.append((char) next);
        }
        if (line.isEmpty() || line.charAt(line.length() - 1) != '\r') {
            throw new IOException("the line \"" + line + "\" does not end with CR LF");
        }
        return line.substring(0, line.length() - 1);
    }
}
