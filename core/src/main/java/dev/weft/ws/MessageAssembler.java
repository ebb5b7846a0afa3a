package dev.weft.ws;

import dev.weft.Message;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Puts the fragments of one message after another together (RFC 6455, section 5.4) within limits. Its memory grows with
 * what has arrived, never with what is declared. Not thread-safe.
 */
final class MessageAssembler {
    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

    private final int maxMessage;
    private final int maxFragments;
    private final MessageBuffer buffer = new MessageBuffer();

    /** Null where compression is not agreed on. */
    private final @Nullable MessageInflater inflater;

    /** Whether a message is in progress. */
    private boolean within;

    /** What inflates the message in progress; null if it is not compressed. */
    private @Nullable MessageInflater inflating;

    private int fragments;
    /** How many payload bytes of the message have come, compressed if they are. */
    private int received;
    /** What {@code received} will be after the current frame. */
    private int frameEnd;
    /** Whether the current frame is the last, so that {@code frameEnd} is the size of the message. */
    private boolean last;

    MessageAssembler(int maxMessage, int maxFragments, @Nullable MessageInflater inflater) {
        this.maxMessage = Math.min(maxMessage, LARGEST_ARRAY);
        this.maxFragments = maxFragments;
        this.inflater = inflater;
    }

    /**
     * Begins a data frame.
     *
     * @throws WebSocketException 1002 if no such frame may come now, 1008 if it is one fragment too many, 1009 if the
     *     message would become too large
     */
    void begin(FrameHeader header) throws WebSocketException {
        checkOrder(header.opcode());
        if (fragments == maxFragments) {
            throw WebSocketException.policy("expected at most " + maxFragments + " frames in a message but more came");
        }
        if (header.length() > maxMessage - received) {
            throw WebSocketException.tooBig("expected a message of at most " + maxMessage
                    + " bytes but a frame declared " + header.length() + (received == 0 ? "" : " after " + received));
        }
        if (!within) {
            within = true;
            inflating = header.compressed() ? inflater : null;
            buffer.begin(header.opcode() == Opcode.TEXT);
        }
        fragments++;
        frameEnd = received + (int) header.length();
        last = header.fin();
    }

    /** Returns whether the current frame's payload is complete. */
    boolean hasWholeFrame() {
        return received == frameEnd;
    }

    /**
     * Blocks until some of the current frame's payload has come and takes it; returns false at the end of the stream.
     *
     * @throws WebSocketException 1007 at the first byte of a text that cannot be UTF-8, or if what is compressed is damaged;
     *     1009 as soon as it inflates to more than a message may have
     */
    boolean pull(FrameReader frames) throws IOException, WebSocketException {
        int count = inflating == null ? pullPlain(frames) : inflating.pull(frames, frameEnd - received, buffer);
        if (count < 0) {
            return false;
        }
        received += count;
        return true;
    }

    private int pullPlain(FrameReader frames) throws IOException, WebSocketException {
        // Only the last frame tells the final size.
        int room = buffer.room(frameEnd, last ? frameEnd : maxMessage);
        int count = frames.readPayload(buffer.array(), buffer.size(), Math.min(frameEnd - received, room));
        if (count > 0) {
            buffer.added(count);
        }
        return count;
    }

    /**
     * Ends the message and starts over.
     *
     * @throws WebSocketException 1007 if a text ends within a character, or what is compressed is damaged; 1009 if it inflates
     *     to more than a message may have
     */
    Message finish() throws WebSocketException {
        if (inflating != null) {
            inflating.finish(buffer);
            inflating = null;
        }
        Message message = buffer.finish();
        within = false;
        received = 0;
        fragments = 0;
        return message;
    }

    /** Lets go of what the message in progress holds outside the heap. */
    void abandon() {
        if (inflater != null) {
            inflater.release();
        }
    }

    private void checkOrder(Opcode opcode) throws WebSocketException {
        if (!within && opcode == Opcode.CONTINUATION) {
            throw WebSocketException.protocol("expected TEXT or BINARY but a CONTINUATION came outside a message");
        }
        if (within && opcode != Opcode.CONTINUATION) {
            throw WebSocketException.protocol("expected a CONTINUATION but " + opcode + " came within a message");
        }
    }
}
