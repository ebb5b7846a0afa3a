package dev.weft.net;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * What waits in one {@link Outbox}, and what is being written: two queues and their bytes. No lock, no thread; the outbox
 * guards it.
 *
 * @param <T> what is queued
 */
final class OutQueue<T extends Outgoing> {
    private static final int USUAL_BATCH = 16;

    private final Queue<T> urgent = new ArrayDeque<>(1);
    private final Queue<T> ordinary = new ArrayDeque<>(2);
    private long bytes;
    private long bytesInWrite;

    boolean isEmpty() {
        return ordinary.isEmpty() && urgent.isEmpty();
    }

    /** Returns the bytes that wait or are being written. */
    long bytes() {
        return bytes;
    }

    /** Returns whether {@code item} would exceed {@code limits}; a single item of any size fits an empty queue. */
    boolean isFull(T item, Outbox.Limits limits) {
        return ordinary.size() >= limits.messages() || (!isEmpty() && bytes + item.size() > limits.bytes());
    }

    int urgentSize() {
        return urgent.size();
    }

    void add(T item) {
        ordinary.add(item);
        bytes += item.size();
    }

    void addUrgent(T item) {
        urgent.add(item);
        bytes += item.size();
    }

    /** Copies what waits behind what {@code target} has. */
    void copyTo(OutQueue<? super T> target) {
        urgent.forEach(target::addUrgent);
        ordinary.forEach(target::add);
    }

    /** Drops what waits; what is being written still counts. */
    void clear() {
        urgent.clear();
        ordinary.clear();
        bytes = bytesInWrite;
    }

    /**
     * Takes a batch of at most {@code maxBytes}, or one larger item.
     *
     * @param lastAlone whether the last item goes alone: a client may act on it before it has acted on what came with it
     */
    List<T> take(int maxBytes, boolean lastAlone) {
        List<T> batch = new ArrayList<>(Math.min(urgent.size() + ordinary.size(), USUAL_BATCH));
        while (!isEmpty()) {
            Queue<T> source = urgent.isEmpty() ? ordinary : urgent;
            T item = source.element();
            boolean last = lastAlone && urgent.isEmpty() && ordinary.size() == 1;
            if (!batch.isEmpty() && (last || bytesInWrite + item.size() > maxBytes)) {
                break;
            }
            batch.add(source.remove());
            bytesInWrite += item.size();
        }
        return batch;
    }

    /** The batch taken has been written. */
    void written() {
        bytes -= bytesInWrite;
        bytesInWrite = 0;
    }
}
