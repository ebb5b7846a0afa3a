package dev.weft.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Choices that the bytes of an input make, front to back. When they run out every choice is the first one, so that each
 * input means something, and a small change of the bytes is a small change of what they mean.
 */
public final class Recipe {
    private final byte[] bytes;
    private int at;

    /** Creates a recipe. */
    public Recipe(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Returns whether bytes are left. */
    public boolean more() {
        return at < bytes.length;
    }

    /** Returns a number from 0 to 255. */
    public int next() {
        return more() ? bytes[at++] & 0xff : 0;
    }

    /** Returns a number from 0 to {@code bound - 1}. */
    public int below(int bound) {
        return bound <= 256 ? next() % bound : (next() << Byte.SIZE | next()) % bound;
    }

    /** Returns true for one of {@code oneIn} bytes, and never if none are left. */
    public boolean chance(int oneIn) {
        return more() && next() % oneIn == oneIn - 1;
    }

    /** Returns one of {@code options}. */
    @SafeVarargs
    public final <T> T of(T... options) {
        return options[below(options.length)];
    }

    /** Returns up to {@code max} bytes as they stand, after a byte or two that say how many. */
    public byte[] bytes(int max) {
        int from = at + (max < 256 ? 1 : 2);
        int length = below(max + 1);
        int to = Math.min(bytes.length, from + length);
        byte[] taken = from >= to ? new byte[0] : Arrays.copyOfRange(bytes, from, to);
        at = Math.max(at, to);
        return taken;
    }

    /** Returns up to {@code max} characters from U+0000 to U+00FF. */
    public String text(int max) {
        return new String(bytes(max), StandardCharsets.ISO_8859_1);
    }

    /** Returns all that is left. */
    public byte[] rest() {
        byte[] rest = Arrays.copyOfRange(bytes, Math.min(at, bytes.length), bytes.length);
        at = bytes.length;
        return rest;
    }
}
