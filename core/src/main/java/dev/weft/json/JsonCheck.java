package dev.weft.json;

import dev.weft.bytes.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Checks one JSON text (RFC 8259) in one pass over its bytes, without allocating, and finds the placeholders of
 * attachments in it.
 *
 * <p>Jackson is lenient where a server may not be: it guesses UTF-16 from zero bytes, skips a byte order mark and
 * decodes overlong UTF-8. What passes here means the same to every parser. Recursion is bounded by
 * the limit of nesting.
 */
final class JsonCheck {
    private static final byte[] MARK = ascii("\"_placeholder\"");
    private static final byte[] NUM = ascii("\"num\"");
    private static final byte[] TRUE = ascii("true");
    private static final byte[] FALSE = ascii("false");
    private static final byte[] NULL = ascii("null");
    private static final int[] NO_OFFSETS = {};

    private final byte[] in;
    private final int start;
    private final int end;
    private final int[] placeholders;
    private final int maxDepth;
    private int at;

    private JsonCheck(byte[] in, int start, int length, int attachments, int maxDepth) {
        this.in = in;
        this.start = start;
        this.end = start + length;
        this.placeholders = attachments == 0 ? NO_OFFSETS : new int[attachments];
        this.maxDepth = maxDepth;
        this.at = start;
        Arrays.fill(placeholders, -1);
    }

    /**
     * Checks {@code json} and returns where the placeholder of each attachment begins: the offset of its brace from the
     * first byte of {@code json}.
     *
     * @throws MalformedJsonException if it is not one JSON value within the limits, or if its placeholders do not name
     *     each attachment exactly once
     */
    static int[] placeholders(Bytes json, int attachments, int maxDepth) {
        return json.read(
                (array, offset, length) -> new JsonCheck(array, offset, length, attachments, maxDepth).check());
    }

    private int[] check() {
        value(0);
        space();
        if (at < end) {
            throw unexpected("the end");
        }
        for (int i = 0; i < placeholders.length; i++) {
            if (placeholders[i] < 0) {
                throw new MalformedJsonException("expected a placeholder for attachment " + i + " but there is none");
            }
        }
        return placeholders;
    }

    private void value(int depth) {
        space();
        switch (peek()) {
            case '{' -> object(deeper(depth));
            case '[' -> array(deeper(depth));
            case '"' -> text();
            case 't' -> word(TRUE);
            case 'f' -> word(FALSE);
            case 'n' -> word(NULL);
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
            default -> throw unexpected("a value");
        }
    }

    private int deeper(int depth) {
        if (depth == maxDepth) {
            throw new MalformedJsonException("expected at most " + maxDepth + " nested arrays and objects");
        }
        return depth + 1;
    }

    private void array(int depth) {
        at++;
        space();
        if (take(']')) {
            return;
        }
        do {
            value(depth);
            space();
        } while (take(','));
        expect(']');
    }

    private void object(int depth) {
        int from = at++;
        space();
        if (take('}')) {
            return;
        }
        int members = 0;
        int marks = 0;
        int number = -1;
        do {
            space();
            int name = at;
            name();
            space();
            expect(':');
            space();
            int value = at;
            value(depth);
            members++;
            if (placeholders.length > 0) {
                if (is(name, MARK) && is(value, TRUE)) {
                    marks++;
                } else if (is(name, NUM)) {
                    number = attachment(value);
                }
            }
            space();
        } while (take(','));
        expect('}');
        if (marks > 0) {
            placeholder(from, members, number);
        }
    }

    private void placeholder(int from, int members, int number) {
        if (members != 2 || number < 0) {
            throw new MalformedJsonException("expected {\"_placeholder\":true,\"num\":n} with n from 0 to "
                    + (placeholders.length - 1) + " at byte " + (from - start));
        }
        if (placeholders[number] >= 0) {
            throw new MalformedJsonException(
                    "expected one placeholder for attachment " + number + " but there are several");
        }
        placeholders[number] = from - start;
    }

    /** Returns the attachment that the value from {@code from} up to here names, or -1. */
    private int attachment(int from) {
        int number = 0;
        for (int i = from; i < at; i++) {
            int digit = in[i] - '0';
            number = number * 10 + digit;
            if (digit < 0 || digit > 9 || number >= placeholders.length) {
                return -1;
            }
        }
        return number;
    }

    private void text() {
        string(JsonLimits.STRING, false);
    }

    private void name() {
        if (peek() != '"') {
            throw unexpected("a name");
        }
        string(JsonLimits.NAME, true);
    }

    private void string(int limit, boolean isName) {
        int from = at++;
        while (at < end) {
            int c = in[at];
            if (c == '"') {
                at++;
                bounded(from, limit, "a string");
                return;
            } else if (c == '\\') {
                char unit = escape();
                if (isName && Character.isSurrogate(unit)) {
                    otherHalf(unit);
                }
            } else if (c >= ' ') {
                at++;
            } else if (c < 0) {
                at = Utf8.after(in, at, end);
                if (at < 0) {
                    throw new MalformedJsonException("expected well-formed UTF-8");
                }
            } else {
                throw unexpected("an escape sequence for a control character");
            }
        }
        throw unexpected("the end of a string");
    }

    /** Jackson takes half a surrogate pair in a value, but not in a name. */
    private void otherHalf(char unit) {
        if (!Character.isHighSurrogate(unit) || peek() != '\\' || !Character.isLowSurrogate(escape())) {
            throw new MalformedJsonException("expected whole characters in a name but was half a surrogate pair");
        }
    }

    /** Passes an escape sequence; returns the UTF-16 unit of a hexadecimal one, else a backslash. */
    private char escape() {
        at++;
        int kind = peek();
        if (kind < 0 || "\"\\/bfnrtu".indexOf(kind) < 0) {
            throw unexpected("an escape sequence");
        }
        at++;
        return kind == 'u' ? unit() : '\\';
    }

    private char unit() {
        int unit = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(peek(), 16);
            if (digit < 0) {
                throw unexpected("a hexadecimal digit");
            }
            unit = unit * 16 + digit;
            at++;
        }
        return (char) unit;
    }

    private void number() {
        int from = at;
        take('-');
        if (!take('0')) {
            digits();
        }
        if (take('.')) {
            digits();
        }
        if (take('e') || take('E')) {
            if (!take('+')) {
                take('-');
            }
            digits();
        }
        bounded(from, JsonLimits.NUMBER, "a number");
    }

    private void digits() {
        int from = at;
        while (at < end && in[at] >= '0' && in[at] <= '9') {
            at++;
        }
        if (at == from) {
            throw unexpected("a digit");
        }
    }

    private void bounded(int from, int limit, String what) {
        if (at - from > limit) {
            throw new MalformedJsonException(
                    "expected " + what + " of at most " + limit + " bytes but it has " + (at - from));
        }
    }

    private void word(byte[] word) {
        if (!is(at, word)) {
            throw unexpected("a value");
        }
        at += word.length;
    }

    private boolean is(int from, byte[] text) {
        return end - from >= text.length && Arrays.equals(in, from, from + text.length, text, 0, text.length);
    }

    private void space() {
        while (at < end && (in[at] == ' ' || in[at] == '\n' || in[at] == '\r' || in[at] == '\t')) {
            at++;
        }
    }

    private boolean take(char c) {
        if (at < end && in[at] == c) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(char c) {
        if (!take(c)) {
            throw unexpected("'" + c + "'");
        }
    }

    /** Returns the next byte, or -1 at the end; no byte of a multi-byte character is an ASCII character. */
    private int peek() {
        return at < end ? in[at] & 0xff : -1;
    }

    private MalformedJsonException unexpected(String expected) {
        int c = peek();
        String actual =
                c < 0 ? "the end" : c > ' ' && c < 0x7f ? "'" + (char) c + "'" : String.format("byte 0x%02x", c);
        return new MalformedJsonException("expected " + expected + " but was " + actual + " at byte " + (at - start));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
