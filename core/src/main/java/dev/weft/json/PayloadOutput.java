package dev.weft.json;

import dev.weft.bytes.Bytes;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Collects what a generator writes. A payload that fits the generator's own buffer arrives at once and is copied once. */
final class PayloadOutput extends OutputStream {
    private final List<byte[]> pieces = new ArrayList<>(1);
    private int length;

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int count) {
        length = Math.addExact(length, count);
        pieces.add(Arrays.copyOfRange(from, offset, offset + count));
    }

    Bytes bytes() {
        if (pieces.size() == 1) {
            return Bytes.wrap(pieces.getFirst());
        }
        byte[] all = new byte[length];
        int at = 0;
        for (byte[] piece : pieces) {
            System.arraycopy(piece, 0, all, at, piece.length);
            at += piece.length;
        }
        return Bytes.wrap(all);
    }
}
