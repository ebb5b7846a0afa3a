package dev.weft.ws;

import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Inflates the messages of one client (RFC 7692, section 7.2.2) piece by piece. It holds an {@link Inflater} only within a
 * compressed message; the window that the next message may refer to is kept on the heap. Not thread-safe.
 */
final class MessageInflater {
    private static final int LARGEST_PIECE = 8 * 1024;

    /**
     * The empty block that every sender leaves out (section 7.2.1), and a final one behind it: only if the message ends with
     * whole blocks is the final one seen as such.
     */
    private static final byte[] TAIL = {0, 0, -1, -1, 1, 0, 0, -1, -1};

    private final NativePool<Inflater> pool;
    private final int maxMessage;

    /** Null if messages do not refer to earlier ones. */
    private final @Nullable SlidingWindow window;

    private final byte[] probe = new byte[1];
    private @Nullable Inflater inflater;
    private byte[] piece = {};

    MessageInflater(NativePool<Inflater> pool, int maxMessage, DeflateAgreement agreement) {
        this.pool = pool;
        this.maxMessage = maxMessage;
        window = agreement.clientTakeover() ? new SlidingWindow(1 << agreement.clientWindowBits()) : null;
    }

    /**
     * Blocks until some of a frame's payload has come, and inflates it; returns how many bytes it took, or -1 at the end of the
     * stream.
     *
     * @param left how many bytes the frame has left
     * @throws WebSocketException as {@link #finish} throws it
     */
    int pull(FrameReader frames, int left, MessageBuffer out) throws IOException, WebSocketException {
        if (piece.length == 0) {
            piece = new byte[Math.min(left, LARGEST_PIECE)];
        }
        int count = frames.readPayload(piece, 0, Math.min(left, piece.length));
        if (count > 0) {
            inflate(inflater(), piece, count, out);
        }
        return count;
    }

    /**
     * Ends a message.
     *
     * @throws WebSocketException 1007 if it is damaged or a text is not UTF-8, 1009 if it is too large
     */
    void finish(MessageBuffer out) throws WebSocketException {
        Inflater current = inflater;
        if (current == null) {
            return; // not one byte: an empty message
        }
        if (!current.finished()) {
            inflate(current, TAIL, TAIL.length, out);
        }
        if (!current.finished()) {
            throw WebSocketException.badData("expected DEFLATE blocks but the message ended within one");
        }
        if (window != null) {
            window.add(out.array(), out.size());
        }
        release();
    }

    /** Gives the inflater back. */
    void release() {
        Inflater held = inflater;
        inflater = null;
        piece = new byte[0];
        if (held != null) {
            pool.give(held);
        }
    }

    private Inflater inflater() {
        Inflater current = inflater;
        if (current == null) {
            current = pool.take();
            inflater = current;
            if (window != null) {
                window.preset(current);
            }
        }
        return current;
    }

    /** Inflates all of the input. What it writes is limited, whatever comes in. */
    private void inflate(Inflater from, byte[] input, int length, MessageBuffer out) throws WebSocketException {
        int left = length;
        try {
            while (left > 0) {
                if (from.finished()) {
                    from.reset(); // section 7.2.3.4: a block may be final (BFINAL), and others follow it
                }
                from.setInput(input, length - left, left);
                while (inflateSome(from, out)) {
                    // until the input is used up or a final block ends
                }
                left = from.getRemaining();
            }
        } catch (DataFormatException e) {
            throw WebSocketException.badData("expected DEFLATE blocks (RFC 1951) but the message was damaged");
        }
    }

    /** Returns whether anything came out. */
    private boolean inflateSome(Inflater from, MessageBuffer out) throws WebSocketException, DataFormatException {
        int room = out.room(maxMessage, maxMessage);
        if (room > 0) {
            int count = from.inflate(out.array(), out.size(), room);
            out.added(count);
            return count > 0;
        }
        if (from.inflate(probe) > 0) {
            throw WebSocketException.tooBig(
                    "expected a message of at most " + maxMessage + " bytes but it inflates to more");
        }
        return false;
    }
}
