package dev.weft.http;

import dev.weft.net.ByteInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads lines that end in CRLF. A CR or LF alone, NUL and every control character but the tab are refused as they arrive:
 * no part of a head may hold them (RFC 9112, section 2.2; RFC 9110, section 5.5), and a TLS hello on a plain port is
 * answered at its first byte.
 */
final class LineReader {
    private static final int FIRST_BUFFER = 128;

    private final ByteInput in;
    private byte[] line = new byte[FIRST_BUFFER];

    LineReader(ByteInput in) {
        this.in = in;
    }

    /** Reads a line of at most {@code max} bytes without its end, as ISO 8859-1; a longer one fails with {@code status}. */
    String read(int max, int status, String tooLong) throws IOException, BadRequestException {
        int length = 0;
        for (int b = in.require(); b != '\r'; b = in.require()) {
            if ((b < ' ' && b != '\t') || b == 0x7f) {
                throw new BadRequestException(400, controlCharacter(b));
            }
            if (length == max) {
                throw new BadRequestException(status, tooLong);
            }
            if (length == line.length) {
                line = Arrays.copyOf(line, length * 2);
            }
            line[length++] = (byte) b;
        }
        if (in.require() != '\n') {
            throw new BadRequestException(400, "A line must end in CR LF but a CR stands alone.");
        }
        return new String(line, 0, length, StandardCharsets.ISO_8859_1);
    }

    private static String controlCharacter(int b) {
        return b == '\n' ? "A line must end in CR LF but a LF stands alone." : "The head holds a control character.";
    }
}
