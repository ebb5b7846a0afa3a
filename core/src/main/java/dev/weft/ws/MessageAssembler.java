package dev.weft.ws;

import dev.weft.Message;
import dev.weft.bytes.Bytes;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Puts the fragments of one message after another together (RFC 6455, section 5.4) within limits. Its memory grows with
 * what has arrived, never with what is declared: to at most twice the bytes there or 8 KiB. Not thread-safe.
 */
final class MessageAssembler {
    private static final int FIRST_CAPACITY = 8 * 1024;
    private static final int LEAST_CAPACITY = 64;
    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;
    private static final byte[] NOTHING = new byte[0];

    private final int maxMessage;
    private final int maxFragments;
    private final Utf8Validator utf8 = new Utf8Validator();

    /** What the message in progress is; null between messages. */
    private @Nullable Opcode kind;

    private byte[] array = NOTHING;
    private int size;
    private int fragments;
    /** The size of the message after the current frame. */
    private int frameEnd;
    /** Whether the current frame is the last, so that {@code frameEnd} is the size of the message. */
    private boolean last;

    MessageAssembler(int maxMessage, int maxFragments) {
        this.maxMessage = Math.min(maxMessage, LARGEST_ARRAY);
        this.maxFragments = maxFragments;
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
        if (header.length() > maxMessage - size) {
            throw WebSocketException.tooBig("expected a message of at most " + maxMessage
                    + " bytes but a frame declared " + header.length() + (size == 0 ? "" : " after " + size));
        }
        if (kind == null) {
            kind = header.opcode();
        }
        fragments++;
        frameEnd = size + (int) header.length();
        last = header.fin();
    }

    /** Returns whether the current frame's payload is complete. */
    boolean hasWholeFrame() {
        return size == frameEnd;
    }

    /**
     * Blocks until some of the current frame's payload has come and takes it; returns false at the end of the stream.
     *
     * @throws WebSocketException 1007 at the first byte of a text that cannot be UTF-8
     */
    boolean pull(FrameReader frames) throws IOException, WebSocketException {
        if (size == array.length) {
            grow();
        }
        int count = frames.readPayload(array, size, Math.min(frameEnd, array.length) - size);
        if (count < 0) {
            return false;
        }
        if (kind == Opcode.TEXT) {
            checkText(count);
        }
        size += count;
        return true;
    }

    /**
     * Ends the message and starts over.
     *
     * @throws WebSocketException 1007 if a text ends within a character
     */
    Message finish() throws WebSocketException {
        if (!utf8.isComplete()) {
            throw WebSocketException.badData("expected whole UTF-8 characters but the text ended within one");
        }
        Bytes content = Bytes.wrap(size == array.length ? array : Arrays.copyOf(array, size));
        Message message = kind == Opcode.TEXT ? new Message.Text(content) : new Message.Binary(content);
        kind = null;
        array = NOTHING;
        size = 0;
        fragments = 0;
        return message;
    }

    private void checkOrder(Opcode opcode) throws WebSocketException {
        if (kind == null && opcode == Opcode.CONTINUATION) {
            throw WebSocketException.protocol("expected TEXT or BINARY but a CONTINUATION came outside a message");
        }
        if (kind != null && opcode != Opcode.CONTINUATION) {
            throw WebSocketException.protocol("expected a CONTINUATION but " + opcode + " came within a message");
        }
    }

    private void checkText(int count) throws WebSocketException {
        int accepted = utf8.accept(array, size, count);
        if (accepted < count) {
            int at = size + accepted;
            throw WebSocketException.badData(
                    "expected UTF-8 but byte " + at + " of the text was 0x" + Integer.toHexString(array[at] & 0xFF));
        }
    }

    private void grow() {
        if (array.length == 0) {
            array = new byte[Math.min(frameEnd, FIRST_CAPACITY)];
            return;
        }
        // Doubling keeps the cost linear however many fragments come; only the last frame tells the final size.
        long doubled = Math.max(LEAST_CAPACITY, 2L * array.length);
        array = Arrays.copyOf(array, (int) Math.min(doubled, last ? frameEnd : maxMessage));
    }
}
