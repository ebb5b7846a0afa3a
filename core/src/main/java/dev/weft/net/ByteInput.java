package dev.weft.net;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * A buffered input that protocol readers pull from. The buffer grows while input is plenty and shrinks before a read
 * that may block for long, so that an idle connection holds next to nothing. Belongs to one thread at a time.
 */
public final class ByteInput {
    private static final int IDLE_BUFFER = 256;
    private static final int LARGEST_BUFFER = 16 * 1024;
    private static final int GROWTH = 4;

    private final InputStream in;
    private final LongSupplier time;
    private byte[] buffer = new byte[IDLE_BUFFER];
    private int position;
    private int limit;

    /** Written by the reading thread. */
    private volatile long lastRead;

    private long received;

    /** Creates an input over {@code in}. */
    public ByteInput(InputStream in) {
        this(in, System::nanoTime);
    }

    /** Creates an input over {@code in} that notes the {@code time} of its reads. */
    ByteInput(InputStream in, LongSupplier time) {
        this.in = in;
        this.time = time;
        lastRead = time.getAsLong();
    }

    /** Returns when the stream gave something last, or when the input was created; for any thread. */
    long lastRead() {
        return lastRead;
    }

    private int readInto(byte[] target, int offset, int length) throws IOException {
        int count = in.read(target, offset, length);
        lastRead = time.getAsLong();
        received += Math.max(0, count);
        return count;
    }

    /** Returns how many bytes the stream has given so far; for the thread that reads. */
    public long received() {
        return received;
    }

    /** Returns how many bytes can be read without blocking on the stream. */
    public int buffered() {
        return limit - position;
    }

    /** Blocks until at least one byte is buffered; returns false at the end of the stream. */
    public boolean fill() throws IOException {
        if (position < limit) {
            return true;
        }
        position = 0;
        limit = 0;
        int read = readInto(buffer, 0, buffer.length);
        if (read <= 0) {
            return false;
        }
        limit = read;
        if (read == buffer.length && buffer.length < LARGEST_BUFFER) {
            byte[] larger = new byte[buffer.length * GROWTH];
            System.arraycopy(buffer, 0, larger, 0, read);
            buffer = larger;
        }
        return true;
    }

    /**
     * Blocks until at least {@code count} bytes are buffered; returns false if the stream ends before.
     *
     * @param count from 0 to 256
     */
    public boolean fill(int count) throws IOException {
        Objects.checkFromIndexSize(0, count, IDLE_BUFFER);
        while (limit - position < count) {
            if (position == limit ? !fill() : !fillBehind(count)) {
                return false;
            }
        }
        return true;
    }

    private boolean fillBehind(int count) throws IOException {
        if (position + count > buffer.length) {
            System.arraycopy(buffer, position, buffer, 0, limit - position);
            limit -= position;
            position = 0;
        }
        int read = readInto(buffer, limit, buffer.length - limit);
        if (read <= 0) {
            return false;
        }
        limit += read;
        return true;
    }

    /** Returns the buffered byte that {@code ahead} others precede as 0 to 255, or -1 if it is not buffered; takes nothing. */
    public int peek(int ahead) {
        return ahead >= 0 && ahead < limit - position ? buffer[position + ahead] & 0xff : -1;
    }

    /** Gives the buffer back if nothing is in it; called before a read that may block for long. */
    public void rest() {
        if (position == limit && buffer.length > IDLE_BUFFER) {
            buffer = new byte[IDLE_BUFFER];
            position = 0;
            limit = 0;
        }
    }

    /** Reads one byte as 0 to 255, or -1 at the end of the stream. */
    public int read() throws IOException {
        return fill() ? buffer[position++] & 0xff : -1;
    }

    /**
     * Reads one byte as 0 to 255.
     *
     * @throws EOFException at the end of the stream
     */
    public int require() throws IOException {
        int value = read();
        if (value < 0) {
            throw new EOFException("the connection ended in the middle");
        }
        return value;
    }

    /** Reads from 1 to {@code length} bytes into {@code target}; returns how many, or -1 at the end of the stream. */
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (position == limit && length >= buffer.length) {
            return readInto(target, offset, length);
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, limit - position);
        System.arraycopy(buffer, position, target, offset, count);
        position += count;
        return count;
    }

    /**
     * Reads exactly {@code length} bytes into {@code target}.
     *
     * @throws EOFException if the stream ends before
     */
    public void readFully(byte[] target, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            int count = read(target, offset + done, length - done);
            if (count < 0) {
                throw new EOFException("the connection ended in the middle");
            }
            done += count;
        }
    }

    /** Returns how many bytes the operating system holds beyond those buffered; 0 if it cannot tell. */
    public int pending() throws IOException {
        return buffered() + in.available();
    }
}
