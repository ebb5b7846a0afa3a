package dev.weft.ws;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Masking of payloads (RFC 6455, section 5.3); the same operation masks and unmasks. */
final class Mask {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN)
            .withInvokeExactBehavior();

    private Mask() {}

    /**
     * Masks or unmasks a part of a payload in place, eight bytes at a time.
     *
     * @param key the masking key, its first byte in the highest eight bits
     * @param phase how many bytes of the payload precede the part, modulo 4
     */
    static void apply(byte[] array, int offset, int length, int key, int phase) {
        int turned = Integer.rotateLeft(key, phase * Byte.SIZE);
        long twice = (long) turned << Integer.SIZE | Integer.toUnsignedLong(turned);
        int end = offset + length;
        int at = offset;
        for (; at <= end - Long.BYTES; at += Long.BYTES) {
            LONGS.set(array, at, (long) LONGS.get(array, at) ^ twice);
        }
        // A multiple of eight bytes is done, so the key starts over.
        for (int shift = Integer.SIZE - Byte.SIZE; at < end; at++, shift -= Byte.SIZE) {
            array[at] ^= (byte) (turned >>> shift);
        }
    }
}
