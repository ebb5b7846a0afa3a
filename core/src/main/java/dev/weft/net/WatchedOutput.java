package dev.weft.net;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.LongSupplier;

/**
 * What goes to the operating system, chunk by chunk, and when the write under way made progress last. TLS writes on its own
 * account as well, also on the reading thread: so progress is noted here, below it. Written to by one thread at a time.
 */
final class WatchedOutput extends OutputStream {
    private static final int CHUNK = 32 * 1024;

    private final OutputStream out;
    private final LongSupplier time;

    /** In nanoseconds of {@code time}; 0 while no write is under way. */
    private volatile long progress;

    WatchedOutput(OutputStream out, LongSupplier time) {
        this.out = out;
        this.time = time;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            for (int done = 0; done < length; done += CHUNK) {
                progress = time.getAsLong() | 1;
                out.write(bytes, offset + done, Math.min(CHUNK, length - done));
            }
        } finally {
            progress = 0;
        }
    }

    /** Returns whether the write under way has made no progress for longer than {@code limitNanos}; for any thread. */
    boolean stuck(long now, long limitNanos) {
        long since = progress;
        return since != 0 && now - since > limitNanos;
    }
}
