package dev.weft.http;

import dev.weft.bytes.Bytes;
import dev.weft.net.ByteInput;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;

/**
 * Reads one body, sized or chunked (RFC 9112, sections 6 and 7), into a buffer that doubles as bytes arrive: a declared
 * length allocates nothing, and many small chunks cost no more than a few large ones.
 */
final class BodyReader {
    private static final int FIRST_BUFFER = 1024;
    private static final int MAX_SIZE_DIGITS = 16;
    private static final int MAX_CHUNK_LINE = 256;
    private static final int MAX_EXTENSION_BYTES = 4096;

    private final ByteInput in;
    private final HttpLimits limits;
    private final int max;
    private byte[] body = {};
    private int size;
    private int extensionBytes;

    BodyReader(ByteInput in, HttpLimits limits, int max) {
        this.in = in;
        this.limits = limits;
        this.max = max;
    }

    void checkDeclared(long length) throws BadRequestException {
        if (length > max - size) {
            throw new BadRequestException(
                    413, "The body has " + (size + length) + " bytes or more but the limit is " + max + ".");
        }
    }

    Bytes sized(int length) throws IOException {
        pull(length, length);
        return Bytes.wrap(body, 0, size);
    }

    Bytes chunked() throws IOException, BadRequestException {
        LineReader lines = new LineReader(in);
        for (long length = chunkSize(lines); length > 0; length = chunkSize(lines)) {
            checkDeclared(length);
            pull((int) length, max);
            if (in.require() != '\r' || in.require() != '\n') {
                throw new BadRequestException(400, "The data of a chunk must end in CR LF.");
            }
        }
        FieldReader.read(lines, limits);
        return Bytes.wrap(body, 0, size);
    }

    private long chunkSize(LineReader lines) throws IOException, BadRequestException {
        String line = lines.read(MAX_CHUNK_LINE, 400, "A chunk has too long a size line.");
        int digits = 0;
        long length = 0;
        for (int digit = hex(line, 0); digit >= 0; digit = hex(line, ++digits)) {
            length = Math.min(length << 4 | digit, Integer.MAX_VALUE);
        }
        if (digits == 0 || digits > MAX_SIZE_DIGITS || !isExtension(line, digits)) {
            throw new BadRequestException(400, "A chunk must start with its size in hexadecimal.");
        }
        extensionBytes += line.length() - digits;
        if (extensionBytes > MAX_EXTENSION_BYTES) {
            throw new BadRequestException(400, "The chunk extensions are too long.");
        }
        return length;
    }

    private static int hex(String line, int at) {
        char c = at < line.length() ? line.charAt(at) : ' ';
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }

    /** Extensions are skipped, so no more is asked of them than the semicolon (RFC 9112, section 7.1.1). */
    private static boolean isExtension(String line, int from) {
        int at = from;
        while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
            at++;
        }
        return from == line.length() || (at < line.length() && line.charAt(at) == ';');
    }

    private void pull(int count, int capacity) throws IOException {
        int end = size + count;
        while (size < end) {
            if (size == body.length) {
                body = Arrays.copyOf(body, (int) Math.min(capacity, Math.max(FIRST_BUFFER, size * 2L)));
            }
            int read = in.read(body, size, Math.min(end, body.length) - size);
            if (read < 0) {
                throw new EOFException("the connection ended in the middle of a body");
            }
            size += read;
        }
    }
}
