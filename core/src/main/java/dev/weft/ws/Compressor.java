package dev.weft.ws;

import dev.weft.bytes.Bytes;
import java.util.Arrays;
import java.util.zip.Deflater;

/**
 * Makes the payload of a compressed message (RFC 7692, section 7.2.1). Every message stands alone: it refers to no earlier one.
 * Pure, but for the {@link Deflater} that it is lent.
 */
final class Compressor {
    private static final int LARGEST_STEP = 16 * 1024;
    /** How far a step stays below the window. */
    private static final int MARGIN = 12;
    /** The empty block at the end, which is left out: 00 00 FF FF. */
    private static final int TAIL = 4;

    private static final int FIRST_CAPACITY = 512;
    /** Less room than this would make {@link Deflater} repeat an empty block. */
    private static final int LEAST_ROOM = 16;

    private final Deflater deflater;
    private byte[] out = new byte[FIRST_CAPACITY];
    private int size;

    private Compressor(Deflater deflater) {
        this.deflater = deflater;
    }

    /**
     * Returns {@code payload} compressed with a fresh {@code deflater}.
     *
     * @param windowBits from 8 to 15: nothing refers back further than {@code 1 << windowBits} bytes
     */
    static Bytes compress(Bytes payload, int windowBits, Deflater deflater) {
        Compressor compressor = new Compressor(deflater);
        return payload.read((array, offset, length) -> compressor.all(array, offset, length, windowBits));
    }

    /** Returns whether a payload is so short that nothing can refer back further than the window. */
    static boolean fits(int size, int windowBits) {
        return windowBits == DeflateAgreement.MOST_BITS || size <= (1 << windowBits) - MARGIN;
    }

    /**
     * {@link Deflater} has a window of 32 KiB and cannot be given another. Where the client's is smaller, a full flush makes it
     * forget what came before, each time before that is further away than the window reaches.
     */
    private Bytes all(byte[] array, int offset, int length, int windowBits) {
        boolean whole = fits(length, windowBits);
        int step = whole ? LARGEST_STEP : Math.min(LARGEST_STEP, (1 << windowBits) - MARGIN);
        for (int at = 0; at < length; at += step) {
            int count = Math.min(step, length - at);
            boolean last = at + count == length;
            deflater.setInput(array, offset + at, count);
            deflate(last ? Deflater.SYNC_FLUSH : whole ? Deflater.NO_FLUSH : Deflater.FULL_FLUSH);
        }
        return Bytes.wrap(Arrays.copyOf(out, size - TAIL));
    }

    /** Takes all of the input, and what is to be flushed out. */
    private void deflate(int flush) {
        int room;
        int count;
        do {
            if (out.length - size < LEAST_ROOM) {
                out = Arrays.copyOf(out, 2 * out.length);
            }
            room = out.length - size;
            count = deflater.deflate(out, size, room, flush);
            size += count;
        } while (count == room);
    }
}
