package dev.weft.ws;

import java.util.Arrays;

/**
 * A small decoder of DEFLATE blocks (RFC 1951) that notes how far back they refer, which {@link java.util.zip.Inflater} does not
 * tell: it always has the largest window.
 */
final class InflateTrace {
    private static final int[] LENGTH_BASE = {
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227,
        258
    };
    private static final int[] LENGTH_BITS = {
        0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0
    };
    private static final int[] ORDER = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};

    private final byte[] in;
    private int bit;
    private byte[] out = new byte[1024];
    private int size;
    private int farthest;

    private InflateTrace(byte[] in) {
        this.in = in;
    }

    /** What came out, and the largest distance of a reference. */
    record Result(byte[] content, int farthest) {}

    /** Decodes the payload of a compressed message, whose last block is left out (RFC 7692, section 7.2.2). */
    static Result read(byte[] payload) {
        byte[] whole = Arrays.copyOf(payload, payload.length + 4);
        whole[whole.length - 1] = (byte) 0xFF;
        whole[whole.length - 2] = (byte) 0xFF;
        InflateTrace trace = new InflateTrace(whole);
        while (trace.bit < whole.length * 8) {
            trace.block();
        }
        return new Result(Arrays.copyOf(trace.out, trace.size), trace.farthest);
    }

    private int bits(int count) {
        int value = 0;
        for (int i = 0; i < count; i++, bit++) {
            value |= (in[bit >> 3] >> (bit & 7) & 1) << i;
        }
        return value;
    }

    private void put(int octet) {
        if (size == out.length) {
            out = Arrays.copyOf(out, 2 * size);
        }
        out[size++] = (byte) octet;
    }

    private void block() {
        bits(1);
        switch (bits(2)) {
            case 0 -> stored();
            case 1 -> compressed(fixedLiterals(), lengths(30, 5));
            case 2 -> dynamic();
            default -> throw new AssertionError("block of type 3");
        }
    }

    private void stored() {
        bit = bit + 7 & ~7;
        int length = bits(16);
        bits(16);
        for (int i = 0; i < length; i++) {
            put(bits(8));
        }
    }

    private static int[] lengths(int count, int length) {
        int[] lengths = new int[count];
        Arrays.fill(lengths, length);
        return lengths;
    }

    private static int[] fixedLiterals() {
        int[] lengths = lengths(288, 8);
        Arrays.fill(lengths, 144, 256, 9);
        Arrays.fill(lengths, 256, 280, 7);
        return lengths;
    }

    private void dynamic() {
        int literals = bits(5) + 257;
        int distances = bits(5) + 1;
        int codes = bits(4) + 4;
        int[] codeLengths = new int[19];
        for (int i = 0; i < codes; i++) {
            codeLengths[ORDER[i]] = bits(3);
        }
        int[] all = new int[literals + distances];
        for (int i = 0; i < all.length; ) {
            int symbol = symbol(codeLengths);
            int repeat = symbol < 16 ? 1 : symbol == 16 ? bits(2) + 3 : symbol == 17 ? bits(3) + 3 : bits(7) + 11;
            int value = symbol < 16 ? symbol : symbol == 16 ? all[i - 1] : 0;
            Arrays.fill(all, i, i + repeat, value);
            i += repeat;
        }
        compressed(Arrays.copyOf(all, literals), Arrays.copyOfRange(all, literals, all.length));
    }

    private void compressed(int[] literals, int[] distances) {
        for (int symbol; (symbol = symbol(literals)) != 256; ) {
            if (symbol < 256) {
                put(symbol);
                continue;
            }
            int length = LENGTH_BASE[symbol - 257] + bits(LENGTH_BITS[symbol - 257]);
            int code = symbol(distances);
            int extra = Math.max(0, code / 2 - 1);
            int distance = (code < 2 ? code : (2 + code % 2) << extra) + bits(extra) + 1;
            farthest = Math.max(farthest, distance);
            for (int i = 0; i < length; i++) {
                put(out[size - distance]);
            }
        }
    }

    /** Reads one symbol of the canonical code with these lengths (RFC 1951, section 3.2.2). */
    private int symbol(int[] lengths) {
        int code = 0;
        int first = 0;
        for (int length = 1; length < 16; length++) {
            code = code << 1 | bits(1);
            int index = code - first;
            for (int symbol = 0; symbol < lengths.length; symbol++) {
                if (lengths[symbol] == length) {
                    if (index-- == 0) {
                        return symbol;
                    }
                    first++;
                }
            }
            first <<= 1;
        }
        throw new AssertionError("no such code");
    }
}
