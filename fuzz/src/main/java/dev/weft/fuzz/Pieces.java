package dev.weft.fuzz;

import java.io.InputStream;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** A stream that hands its bytes out in pieces, as TCP does. */
public final class Pieces extends InputStream {
    private static final int LARGEST = 40;

    private final byte[] bytes;
    private final RandomGenerator sizes;
    private final boolean whole;
    private int at;
    private int reads;

    private Pieces(byte[] bytes, boolean whole) {
        this.bytes = bytes;
        this.whole = whole;
        sizes = RandomGeneratorFactory.of("SplittableRandom").create(Arrays.hashCode(bytes));
    }

    /** Returns a stream that gives as much as is asked for. */
    public static Pieces whole(byte[] bytes) {
        return new Pieces(bytes, true);
    }

    /** Returns a stream that gives pieces whose sizes follow from the bytes. */
    public static Pieces of(byte[] bytes) {
        return new Pieces(bytes, false);
    }

    /** Returns how often it was read from. */
    public int reads() {
        return reads;
    }

    @Override
    public int read() {
        reads++;
        return at < bytes.length ? bytes[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        reads++;
        int left = bytes.length - at;
        if (left == 0) {
            return -1;
        }
        int piece = whole ? left : 1 + sizes.nextInt(sizes.nextInt(4) == 0 ? LARGEST : 3);
        int count = Math.min(Math.min(left, length), piece);
        System.arraycopy(bytes, at, target, offset, count);
        at += count;
        return count;
    }
}
