package dev.weft.ws;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Checks UTF-8 that arrives in pieces (RFC 3629, section 4) and finds the first byte after which no continuation can be
 * well-formed: overlong forms, surrogates and values above U+10FFFF fail at their second byte. Not thread-safe.
 */
final class Utf8Validator {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder())
            .withInvokeExactBehavior();
    private static final long HIGH_BITS = 0x8080808080808080L;

    /** How many bytes the character that has begun still needs; 0 between characters. */
    private int missing;
    /** The range of the next byte, unsigned and inclusive, while {@code missing > 0}. */
    private int low;

    private int high;

    /** Takes the next piece and returns how many of its bytes are possible: {@code length} if all are. */
    int accept(byte[] array, int offset, int length) {
        int end = offset + length;
        int at = offset;
        while (true) {
            if (missing == 0) {
                at = skipWhole(array, at, end);
            }
            if (at == end) {
                return length;
            }
            int next = array[at] & 0xFF;
            if (missing == 0 ? !begins(next) : !continues(next)) {
                return at - offset;
            }
            at++;
        }
    }

    /** Returns whether everything accepted so far ends with a whole character. */
    boolean isComplete() {
        return missing == 0;
    }

    /** Skips whole characters as far as their second byte needs no table; what it leaves is for the byte-wise path. */
    private static int skipWhole(byte[] array, int from, int end) {
        int at = from;
        while (at < end) {
            int first = array[at] & 0xFF;
            if (first < 0x80) {
                at = skipAscii(array, at, end);
            } else if (first >= 0xC2 && first <= 0xDF && at + 1 < end && isTail(array[at + 1])) {
                at += 2;
            } else if (first > 0xE0
                    && first <= 0xEF
                    && first != 0xED
                    && at + 2 < end
                    && isTail(array[at + 1])
                    && isTail(array[at + 2])) {
                at += 3;
            } else {
                return at;
            }
        }
        return at;
    }

    private static boolean isTail(byte b) {
        return (b & 0xC0) == 0x80;
    }

    private static int skipAscii(byte[] array, int from, int end) {
        int at = from;
        while (at <= end - Long.BYTES && ((long) LONGS.get(array, at) & HIGH_BITS) == 0) {
            at += Long.BYTES;
        }
        while (at < end && array[at] >= 0) {
            at++;
        }
        return at;
    }

    /** Applies the table of RFC 3629, section 4: which second bytes a first byte allows. */
    private boolean begins(int first) {
        if (first < 0xC2 || first > 0xF4) {
            return false;
        }
        missing = first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
        low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        return true;
    }

    private boolean continues(int next) {
        if (next < low || next > high) {
            return false;
        }
        missing--;
        low = 0x80;
        high = 0xBF;
        return true;
    }
}
