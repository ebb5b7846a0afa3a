package dev.weft.http;

import org.jspecify.annotations.Nullable;

/**
 * The part of a file that a request asks for (RFC 9110, section 14): one range of bytes.
 *
 * @param from the first byte
 * @param to the byte behind the last one; not more than {@code from} if the file has none of them
 */
record ByteRange(int from, int to) {
    private static final String UNIT = "bytes=";
    private static final int MAX_DIGITS = 18;

    /**
     * Returns the range that {@code field} asks for of {@code length} bytes; null if it is malformed, names several or another
     * unit: then it is ignored, and the whole is sent (section 14.2).
     */
    static @Nullable ByteRange parse(String field, int length) {
        int dash = field.indexOf('-');
        if (!field.startsWith(UNIT) || dash < 0) {
            return null;
        }
        String first = field.substring(UNIT.length(), dash);
        String last = field.substring(dash + 1);
        if (!isNumber(first) || !isNumber(last) || (first.isEmpty() && last.isEmpty())) {
            return null;
        }
        if (first.isEmpty()) {
            int suffix = (int) Math.min(length, Long.parseLong(last));
            return new ByteRange(length - suffix, length);
        }
        long from = Long.parseLong(first);
        long to = last.isEmpty() ? length : Long.parseLong(last) + 1;
        if (to <= from && !last.isEmpty()) {
            return null; // section 14.1.1: invalid
        }
        return new ByteRange((int) Math.min(from, length), (int) Math.min(to, length));
    }

    /** Digits or nothing. */
    private static boolean isNumber(String text) {
        return text.length() <= MAX_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** Returns whether there is nothing to send. */
    boolean isEmpty() {
        return from >= to;
    }

    /** Returns the value of Content-Range for a file of {@code length} bytes. */
    String of(int length) {
        return isEmpty() ? "bytes */" + length : "bytes " + from + "-" + (to - 1) + "/" + length;
    }
}
