package dev.weft.ws;

import java.util.zip.Inflater;

/** The last bytes of a client's messages, as many as later ones may refer to (RFC 7692, section 7.2.2). Not thread-safe. */
final class SlidingWindow {
    /** A ring, made when the first bytes come. */
    private byte[] ring = {};

    private final int capacity;
    private int filled;
    /** Where the next byte goes. */
    private int next;

    SlidingWindow(int capacity) {
        this.capacity = capacity;
    }

    /** Takes the first {@code length} bytes of {@code array}: the next message. */
    void add(byte[] array, int length) {
        if (ring.length == 0 && length > 0) {
            ring = new byte[capacity];
        }
        int kept = Math.min(length, capacity);
        int from = length - kept;
        int first = Math.min(kept, capacity - next);
        System.arraycopy(array, from, ring, next, first);
        System.arraycopy(array, from + first, ring, 0, kept - first);
        next = (next + kept) % capacity;
        filled = Math.min(capacity, filled + kept);
    }

    /** Lets a fresh {@code inflater} refer to the window. */
    void preset(Inflater inflater) {
        if (filled == capacity) {
            present(inflater, next, capacity - next);
            present(inflater, 0, next); // a raw DEFLATE stream takes its dictionary in pieces, too
        } else {
            present(inflater, 0, filled);
        }
    }

    private void present(Inflater inflater, int from, int length) {
        if (length > 0) {
            inflater.setDictionary(ring, from, length);
        }
    }
}
