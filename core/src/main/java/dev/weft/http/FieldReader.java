package dev.weft.http;

import dev.weft.Headers;
import java.io.IOException;

/** Reads header fields or trailer fields up to the empty line (RFC 9112, section 5). */
final class FieldReader {
    private static final int LINE_END = 2;

    private FieldReader() {}

    static Headers read(LineReader lines, HttpLimits limits) throws IOException, BadRequestException {
        Headers.Builder fields = Headers.builder();
        int left = limits.maxHeaderBytes();
        int count = 0;
        for (String line = next(lines, left); !line.isEmpty(); line = next(lines, left)) {
            left -= line.length() + LINE_END;
            if (++count > limits.maxHeaders()) {
                throw new BadRequestException(431, "There are too many header fields.");
            }
            add(fields, line);
        }
        return fields.build();
    }

    private static String next(LineReader lines, int left) throws IOException, BadRequestException {
        return lines.read(Math.max(0, left - LINE_END), 431, "The header fields are too large.");
    }

    private static void add(Headers.Builder fields, String line) throws BadRequestException {
        if (line.charAt(0) == ' ' || line.charAt(0) == '\t') {
            throw new BadRequestException(400, "A header field is folded over two lines.");
        }
        int colon = line.indexOf(':');
        String name = colon < 0 ? line : line.substring(0, colon);
        if (colon < 0 || !Headers.isToken(name)) {
            throw new BadRequestException(400, "A header field must be a name, a colon and a value.");
        }
        fields.add(name, trim(line, colon + 1));
    }

    /** Cuts spaces and tabs only: what else {@code strip()} takes for white space belongs to the value. */
    private static String trim(String line, int from) {
        int start = from;
        int end = line.length();
        while (start < end && isBlank(line.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(line.charAt(end - 1))) {
            end--;
        }
        return line.substring(start, end);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    /** Returns {@code fields} with {@code host} for the value of Host. */
    static Headers withHost(Headers fields, String host) {
        Headers.Builder changed = Headers.builder();
        changed.add("Host", host);
        fields.asMap().forEach((name, values) -> {
            if (!name.equals("host")) {
                values.forEach(value -> changed.add(name, value));
            }
        });
        return changed.build();
    }
}
