package dev.weft.ws;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;

/**
 * One outgoing message of unknown length, in frames of bounded size (RFC 6455, section 5.4). Belongs to one thread at a time.
 */
final class MessageStream extends OutputStream {
    private static final int FRAME_BYTES = 16 * 1024;

    /** Where the frames go. */
    interface Target {
        /**
         * Sends one frame; may block.
         *
         * @param first whether the message begins with it
         * @param last whether the message ends with it
         * @return whether the peer may get the message whole
         */
        boolean send(boolean first, boolean last, byte[] payload);

        /** The message has ended, whole or not. */
        void ended();
    }

    private final Target target;
    private byte[] buffer = new byte[FRAME_BYTES];
    private int size;
    private boolean begun;
    private boolean failed;
    private boolean closed;

    MessageStream(Target target) {
        this.target = target;
    }

    @Override
    public void write(int b) throws IOException {
        makeRoom();
        buffer[size++] = (byte) b;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        int at = offset;
        while (at < offset + length) {
            makeRoom();
            int count = Math.min(offset + length - at, FRAME_BYTES - size);
            System.arraycopy(bytes, at, buffer, size, count);
            size += count;
            at += count;
        }
    }

    private void makeRoom() throws IOException {
        if (closed) {
            throw new IOException("the message has ended: open another stream");
        }
        if (failed) {
            throw unsendable();
        }
        if (size == FRAME_BYTES) {
            send(false);
        }
    }

    @Override
    public void flush() throws IOException {
        if (size > 0 && !closed) {
            send(false);
        }
    }

    /** Ends the message. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (!failed) {
                send(true);
            }
        } finally {
            buffer = new byte[0];
            size = 0;
            target.ended();
        }
    }

    private void send(boolean last) throws IOException {
        boolean first = !begun;
        begun = true;
        byte[] payload = Arrays.copyOf(buffer, size);
        size = 0;
        failed = !target.send(first, last, payload);
        if (failed) {
            throw unsendable();
        }
    }

    private static IOException unsendable() {
        return new IOException("the WebSocket is closing or closed, so the message cannot be sent to its end");
    }
}
