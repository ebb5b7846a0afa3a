package dev.weft.ws;

import dev.weft.Headers;
import dev.weft.HttpRequest;
import dev.weft.HttpResponse;
import dev.weft.bytes.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The server's side of the opening handshake (RFC 6455, section 4.2), as a pure function of the request. */
public final class OpeningHandshake {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final String VERSION = "13";
    private static final int KEY_BYTES = 16;
    private static final int KEY_CHARACTERS = 24;
    private static final int SHOWN_CHARACTERS = 40;

    /** Copied, never used: looking the algorithm up leaves something behind in every thread that does. */
    private static final MessageDigest SHA_1 = sha1();

    private OpeningHandshake() {}

    /** What to answer. */
    public sealed interface Result {}

    /**
     * The connection becomes a WebSocket once the response is written.
     *
     * @param subprotocol the chosen subprotocol, or null
     * @param deflation what messages are compressed with, or null if they are not
     * @param response the head of the 101 response, its empty line included
     */
    public record Accepted(
            @Nullable String subprotocol, @Nullable PeerDeflation deflation, Bytes response) implements Result {}

    /**
     * The connection stays HTTP and is closed after the response.
     *
     * @param response 400 or 426, with {@code Connection: close} and a sentence that says what was expected
     */
    public record Refused(HttpResponse response) implements Result {}

    /** Thrown where a rule is broken; carries what to answer. */
    private static final class Refusal extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient HttpResponse response;

        Refusal(HttpResponse response) {
            super(null, null, false, false);
            this.response = response;
        }
    }

    /**
     * Returns whether a request asks for a WebSocket, correctly or not: {@code Upgrade} names {@code websocket}, whatever
     * else it holds. {@link #accept} then tells the client what is missing.
     */
    public static boolean isUpgrade(HttpRequest request) {
        return HeaderTokens.contains(request.headers().all("Upgrade"), "websocket");
    }

    /** Checks a request and answers it as {@link #accept(HttpRequest, List, Deflation)} does, without compression. */
    public static Result accept(HttpRequest request, List<String> subprotocols) {
        return accept(request, subprotocols, null);
    }

    /**
     * Checks a request and answers it. That it came over HTTP/1.1, its path and its origin are checked elsewhere.
     *
     * @param subprotocols what the server speaks, its favourite first; the first one that the client offers is chosen
     * @param deflation what the server compresses with, or null if it does not
     */
    public static Result accept(HttpRequest request, List<String> subprotocols, @Nullable Deflation deflation) {
        try {
            checkRequest(request);
            String key = key(request.headers());
            Set<String> offered = offeredSubprotocols(request.headers());
            String chosen = null;
            for (String candidate : subprotocols) {
                if (chosen == null && offered.contains(candidate)) {
                    chosen = candidate;
                }
            }
            DeflateAgreement deflate = deflation == null
                    ? null
                    : deflation.negotiate(request.headers().all("Sec-WebSocket-Extensions"));
            return new Accepted(
                    chosen,
                    deflation == null || deflate == null ? null : new PeerDeflation(deflation, deflate),
                    response(key, chosen, deflate));
        } catch (Refusal refusal) {
            return new Refused(refusal.response);
        }
    }

    private static void checkRequest(HttpRequest request) throws Refusal {
        Headers headers = request.headers();
        if (!request.method().equals("GET")) {
            throw badRequest("Expected method GET but it was " + shown(request.method()) + ".");
        }
        if (headers.all("Host").size() != 1) {
            throw badRequest("Expected one Host header but there were "
                    + headers.all("Host").size() + ".");
        }
        if (!isUpgrade(request)) {
            throw upgradeRequired(
                    "Expected an Upgrade header that names websocket but " + came(headers, "Upgrade") + ".");
        }
        if (!HeaderTokens.contains(headers.all("Connection"), "upgrade")) {
            throw badRequest(
                    "Expected a Connection header that names upgrade but " + came(headers, "Connection") + ".");
        }
        // A body would be taken for the first frames.
        if (!headers.all("Transfer-Encoding").isEmpty() || !"0".equals(orZero(headers.first("Content-Length")))) {
            throw badRequest("Expected a request without a body but it announces one.");
        }
        checkVersion(headers);
    }

    private static void checkVersion(Headers headers) throws Refusal {
        List<String> versions = headers.all("Sec-WebSocket-Version");
        if (versions.size() > 1) {
            throw badRequest("Expected one Sec-WebSocket-Version header but there were " + versions.size() + ".");
        }
        if (!versions.equals(List.of(VERSION))) {
            throw upgradeRequired("Expected Sec-WebSocket-Version " + VERSION + " but "
                    + came(headers, "Sec-WebSocket-Version") + ".");
        }
    }

    /** Returns the key: "a base64-encoded value that, when decoded, is 16 bytes in length". */
    private static String key(Headers headers) throws Refusal {
        List<String> keys = headers.all("Sec-WebSocket-Key");
        if (keys.size() != 1) {
            throw badRequest("Expected one Sec-WebSocket-Key header but there were " + keys.size() + ".");
        }
        String key = keys.getFirst();
        if (!isKey(key)) {
            throw badRequest("Expected 16 bytes in Base64 as Sec-WebSocket-Key but it was " + shown(key) + ".");
        }
        return key;
    }

    private static boolean isKey(String key) {
        if (key.length() != KEY_CHARACTERS) {
            return false;
        }
        try {
            return Base64.getDecoder().decode(key).length == KEY_BYTES;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    /** Reads the offer: "one or more comma-separated subprotocol[s] ... each MUST be a unique string" (section 4.1). */
    private static Set<String> offeredSubprotocols(Headers headers) throws Refusal {
        List<String> values = headers.all("Sec-WebSocket-Protocol");
        Set<String> offered = new HashSet<>();
        for (String token : HeaderTokens.split(values)) {
            if (!HeaderTokens.isToken(token)) {
                throw badRequest("Expected tokens in Sec-WebSocket-Protocol but one was " + shown(token) + ".");
            }
            if (!offered.add(token)) {
                throw badRequest("Expected each subprotocol once but " + shown(token) + " came twice.");
            }
        }
        if (offered.isEmpty() && !values.isEmpty()) {
            throw badRequest("Expected a token in Sec-WebSocket-Protocol but it was empty.");
        }
        return offered;
    }

    private static Bytes response(String key, @Nullable String subprotocol, @Nullable DeflateAgreement deflate) {
        String head = "HTTP/1.1 101 Switching Protocols\r\n"
                + "Upgrade: websocket\r\n"
                + "Connection: Upgrade\r\n"
                + ("Sec-WebSocket-Accept: " + acceptOf(key) + "\r\n")
                + (subprotocol == null ? "" : "Sec-WebSocket-Protocol: " + subprotocol + "\r\n")
                + (deflate == null ? "" : "Sec-WebSocket-Extensions: " + deflate.answer() + "\r\n")
                + "\r\n";
        return Bytes.wrap(head.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String acceptOf(String key) {
        try {
            MessageDigest sha1 = (MessageDigest) SHA_1.clone();
            return Bytes.wrap(sha1.digest((key + GUID).getBytes(StandardCharsets.ISO_8859_1)))
                    .base64();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the SHA-1 of the Java platform can be copied", e);
        }
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    private static Refusal badRequest(String sentence) {
        return new Refusal(HttpResponse.text(400, sentence).with("Connection", "close"));
    }

    /** Returns 426, which names the version and the protocol to come back with (RFC 9110, section 15.5.22). */
    private static Refusal upgradeRequired(String sentence) {
        return new Refusal(HttpResponse.text(426, sentence)
                .with("Connection", "close")
                .with("Connection", "Upgrade")
                .with("Upgrade", "websocket")
                .with("Sec-WebSocket-Version", VERSION));
    }

    private static String orZero(@Nullable String value) {
        return value == null ? "0" : value;
    }

    private static String came(Headers headers, String name) {
        List<String> values = headers.all(name);
        return values.isEmpty() ? "there was none" : "it was " + shown(String.join(", ", values));
    }

    /** Returns the start of a client's value, without anything that a terminal or a browser might act on. */
    private static String shown(String value) {
        String start = value.substring(0, Math.min(value.length(), SHOWN_CHARACTERS));
        return "\"" + start.replaceAll("[^ -~]|[<>&\"]", "?") + (start.length() < value.length() ? "..." : "") + "\"";
    }
}
