package dev.weft.ws;

import dev.weft.Message;
import dev.weft.bytes.Bytes;
import java.util.Arrays;

/**
 * The content of one message after another while it comes; a text is checked as it grows. Its memory follows what is there: at
 * most twice that, or 8 KiB. Not thread-safe.
 */
final class MessageBuffer {
    private static final int FIRST_CAPACITY = 8 * 1024;
    private static final int LEAST_CAPACITY = 64;
    private static final byte[] NOTHING = new byte[0];

    private final Utf8Validator utf8 = new Utf8Validator();
    private boolean text;
    private byte[] array = NOTHING;
    private int size;

    /** Begins a message. */
    void begin(boolean isText) {
        text = isText;
    }

    /** Returns the array to write to from {@link #size} on, before {@link #added}. */
    byte[] array() {
        return array;
    }

    int size() {
        return size;
    }

    /**
     * Makes room and returns how much there is: at least one byte, unless the size has reached {@code bound}.
     *
     * @param expected the size that the message is known to reach
     * @param bound the size that it cannot exceed
     */
    int room(int expected, int bound) {
        if (size == array.length && size < bound) {
            // Doubling keeps the cost linear however many pieces come.
            long larger = array.length == 0
                    ? Math.min(expected, FIRST_CAPACITY)
                    : Math.max(LEAST_CAPACITY, 2L * array.length);
            array = Arrays.copyOf(array, (int) Math.min(larger, bound));
        }
        return Math.min(bound, array.length) - size;
    }

    /**
     * Takes {@code count} bytes that were written to the array.
     *
     * @throws WebSocketException 1007 if a text cannot be UTF-8 any more
     */
    void added(int count) throws WebSocketException {
        int accepted = text ? utf8.accept(array, size, count) : count;
        if (accepted < count) {
            int at = size + accepted;
            throw WebSocketException.badData(
                    "expected UTF-8 but byte " + at + " of the text was 0x" + Integer.toHexString(array[at] & 0xFF));
        }
        size += count;
    }

    /**
     * Returns the message and starts over.
     *
     * @throws WebSocketException 1007 if a text ends within a character
     */
    Message finish() throws WebSocketException {
        if (!utf8.isComplete()) {
            throw WebSocketException.badData("expected whole UTF-8 characters but the text ended within one");
        }
        Bytes content = Bytes.wrap(size == array.length ? array : Arrays.copyOf(array, size));
        array = NOTHING;
        size = 0;
        return text ? new Message.Text(content) : new Message.Binary(content);
    }
}
