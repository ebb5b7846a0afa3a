package dev.weft.bytes;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * An immutable string of bytes with content equality and cheap slices. Safe to share between threads.
 *
 * <p>Broadcasts hand one {@code Bytes} to every recipient, so nothing may ever write to the array behind it.
 */
public final class Bytes {
    /** No bytes at all. */
    public static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

    private static final int SHOWN_BYTES = 32;

    private final byte[] array;
    private final int offset;
    private final int length;

    private Bytes(byte[] array, int offset, int length) {
        this.array = array;
        this.offset = offset;
        this.length = length;
    }

    /** Returns a copy of {@code bytes}. */
    public static Bytes copyOf(byte[] bytes) {
        return wrap(bytes.clone());
    }

    /** Returns a copy of what {@code buffer} has remaining; its position does not move. */
    public static Bytes copyOf(ByteBuffer buffer) {
        byte[] copy = new byte[buffer.remaining()];
        buffer.duplicate().get(copy);
        return wrap(copy);
    }

    /** Returns a view of {@code array} without copying; the caller gives the array away and never writes to it again. */
    public static Bytes wrap(byte[] array) {
        return array.length == 0 ? EMPTY : new Bytes(array, 0, array.length);
    }

    /**
     * Returns a view of a part of {@code array} without copying; the caller never writes to that part again.
     *
     * @throws IndexOutOfBoundsException if the part is not within the array
     */
    public static Bytes wrap(byte[] array, int offset, int length) {
        java.util.Objects.checkFromIndexSize(offset, length, array.length);
        return length == 0 ? EMPTY : new Bytes(array, offset, length);
    }

    /** Returns the UTF-8 encoding of {@code text}. */
    public static Bytes utf8(String text) {
        return wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the bytes that {@code hex} spells, two digits each. */
    public static Bytes hex(String hex) {
        return wrap(HexFormat.of().parseHex(hex));
    }

    /** Returns the number of bytes. */
    public int size() {
        return length;
    }

    /** Returns whether there are no bytes. */
    public boolean isEmpty() {
        return length == 0;
    }

    /**
     * Returns the byte at {@code index}.
     *
     * @throws IndexOutOfBoundsException if {@code index} is negative or not below {@link #size()}
     */
    public byte at(int index) {
        return array[offset + java.util.Objects.checkIndex(index, length)];
    }

    /** Returns the bytes from {@code from} (inclusive) to the end, sharing the array. */
    public Bytes slice(int from) {
        return slice(from, length);
    }

    /**
     * Returns the bytes from {@code from} (inclusive) to {@code to} (exclusive), sharing the array.
     *
     * @throws IndexOutOfBoundsException if the range is not within these bytes
     */
    public Bytes slice(int from, int to) {
        java.util.Objects.checkFromToIndex(from, to, length);
        return from == 0 && to == length ? this : wrap(array, offset + from, to - from);
    }

    /** Returns a new array with these bytes. */
    public byte[] toByteArray() {
        return Arrays.copyOfRange(array, offset, offset + length);
    }

    /** Returns a read-only buffer over these bytes. */
    public ByteBuffer asByteBuffer() {
        return ByteBuffer.wrap(array, offset, length).slice().asReadOnlyBuffer();
    }

    /** Returns these bytes decoded as UTF-8; malformed input becomes U+FFFD. */
    public String utf8() {
        return new String(array, offset, length, StandardCharsets.UTF_8);
    }

    /** Returns these bytes in Base64 (RFC 4648, section 4). */
    public String base64() {
        ByteBuffer encoded = Base64.getEncoder().encode(ByteBuffer.wrap(array, offset, length));
        return new String(encoded.array(), 0, encoded.limit(), StandardCharsets.ISO_8859_1);
    }

    /** Writes these bytes to {@code out}; blocks as {@code out} does. */
    public void writeTo(OutputStream out) throws IOException {
        out.write(array, offset, length);
    }

    /** Copies these bytes into {@code target} from {@code at} on. */
    public void copyTo(byte[] target, int at) {
        System.arraycopy(array, offset, target, at, length);
    }

    /** Lets {@code reader} read the array behind these bytes without a copy; it must not write to it or keep it. */
    public <T> T read(ArrayReader<T> reader) {
        return reader.read(array, offset, length);
    }

    /** Reads a part of an array that it does not own. */
    @FunctionalInterface
    public interface ArrayReader<T> {
        /** Reads {@code length} bytes of {@code array} from {@code offset} on. */
        T read(byte[] array, int offset, int length);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Bytes bytes
                && Arrays.equals(
                        array, offset, offset + length, bytes.array, bytes.offset, bytes.offset + bytes.length);
    }

    @Override
    public int hashCode() {
        return asByteBuffer().hashCode();
    }

    /** Returns the size and the first bytes in hexadecimal. */
    @Override
    public String toString() {
        int shown = Math.min(length, SHOWN_BYTES);
        String hex = HexFormat.of().formatHex(array, offset, offset + shown);
        return "Bytes[" + length + (shown < length ? ", " + hex + "…]" : ", " + hex + "]");
    }
}
