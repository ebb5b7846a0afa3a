package dev.weft.json;

import dev.weft.bytes.Bytes;
import java.io.OutputStream;
import java.util.Arrays;

/** Collects what a generator writes. A payload that fits the generator's own buffer arrives at once and is copied once. */
final class PayloadOutput extends OutputStream {
    private byte[] array = {};
    private int length;

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int count) {
        if (length == 0) {
            array = Arrays.copyOfRange(from, offset, offset + count);
        } else {
            if (count > array.length - length) {
                array = Arrays.copyOf(array, Math.max(Math.addExact(length, count), 2 * array.length));
            }
            System.arraycopy(from, offset, array, length, count);
        }
        length += count;
    }

    Bytes bytes() {
        return Bytes.wrap(array, 0, length);
    }
}
