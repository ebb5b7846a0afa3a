package dev.weft.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Decodes percent-encoded paths and URL-encoded queries, once and in linear time. */
final class UrlDecoder {
    private UrlDecoder() {}

    /** Decodes a path strictly: it decides what is served, so a broken escape, broken UTF-8 or NUL is refused. */
    static String path(String raw) throws BadRequestException {
        if (raw.indexOf('%') < 0) {
            return raw;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            int escaped = c == '%' ? escape(raw, i) : c;
            if (escaped <= 0) {
                throw new BadRequestException(400, "The path holds an invalid percent-encoding.");
            }
            bytes.write(escaped);
            i += c == '%' ? 2 : 0;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new BadRequestException(400, "The path is not valid UTF-8.");
        }
    }

    /**
     * Decodes a query as browsers do (WHATWG URL, application/x-www-form-urlencoded): {@code +} is a space, a broken escape
     * stays as it is, broken UTF-8 becomes U+FFFD. It never fails.
     */
    static Map<String, List<String>> query(String raw) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        int from = 0;
        while (from < raw.length()) {
            int ampersand = raw.indexOf('&', from);
            int to = ampersand < 0 ? raw.length() : ampersand;
            if (to > from) {
                addParameter(parameters, raw.substring(from, to));
            }
            from = to + 1;
        }
        parameters.replaceAll((name, values) -> Collections.unmodifiableList(values));
        return Collections.unmodifiableMap(parameters);
    }

    private static void addParameter(Map<String, List<String>> parameters, String pair) {
        int equals = pair.indexOf('=');
        String name = lenient(equals < 0 ? pair : pair.substring(0, equals));
        String value = equals < 0 ? "" : lenient(pair.substring(equals + 1));
        parameters.computeIfAbsent(name, unused -> new ArrayList<>(1)).add(value);
    }

    private static String lenient(String raw) {
        if (raw.indexOf('%') < 0 && raw.indexOf('+') < 0) {
            return raw;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            int escaped = c == '%' ? escape(raw, i) : -1;
            if (escaped >= 0) {
                bytes.write(escaped);
                i += 2;
            } else {
                bytes.write(c == '+' ? ' ' : c);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Returns the byte that the escape at {@code at} stands for, or -1 if it is broken. */
    private static int escape(String raw, int at) {
        if (at + 2 >= raw.length()) {
            return -1;
        }
        int high = Character.digit(raw.charAt(at + 1), 16);
        int low = Character.digit(raw.charAt(at + 2), 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }
}
