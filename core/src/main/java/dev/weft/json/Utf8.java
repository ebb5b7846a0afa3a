package dev.weft.json;

/** Well-formed UTF-8 (Unicode 15, table 3-7). */
final class Utf8 {
    private Utf8() {}

    /** Returns the index after the multi-byte character that begins at {@code at}, or -1 if it is malformed. */
    static int after(byte[] in, int at, int end) {
        int lead = in[at] & 0xff;
        int length = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
        if (length == 0 || end - at < length || !second(lead, in[at + 1] & 0xff)) {
            return -1;
        }
        for (int i = at + 2; i < at + length; i++) {
            if ((in[i] & 0xc0) != 0x80) {
                return -1;
            }
        }
        return at + length;
    }

    /** Overlong forms, surrogates and what lies beyond U+10FFFF all show in the second byte. */
    private static boolean second(int lead, int second) {
        int from = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
        int to = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
        return second >= from && second <= to;
    }
}
