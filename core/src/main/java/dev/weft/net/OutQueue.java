package dev.weft.net;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * What waits in one {@link Outbox}, what is being written, and whether more may come: a state machine without a lock or a
 * thread, which the outbox guards.
 *
 * @param <T> what is queued
 */
final class OutQueue<T extends Outgoing> {
    private static final int USUAL_BATCH = 16;

    private final Queue<T> urgent = new ArrayDeque<>(1);
    private final Queue<T> ordinary = new ArrayDeque<>(2);
    private long bytes;
    private long bytesInWrite;
    private boolean writing;

    /** Whether the last item is queued or written. */
    private boolean finishing;

    /** Whether nothing is accepted or written any more; then nothing waits either. */
    private boolean ended;

    /** Returns whether items may be added. */
    boolean accepts() {
        return !ended && !finishing;
    }

    boolean ended() {
        return ended;
    }

    /** Returns whether a batch can be taken. */
    boolean readyToWrite() {
        return !writing && !isEmpty();
    }

    /** Returns whether neither anything waits nor anything is being written. */
    boolean isIdle() {
        return !writing && isEmpty();
    }

    boolean isEmpty() {
        return ordinary.isEmpty() && urgent.isEmpty();
    }

    /** Returns the bytes that wait or are being written. */
    long bytes() {
        return bytes;
    }

    /** Returns whether {@code item} would exceed {@code limits}; a single item of any size fits an empty queue. */
    boolean isFull(T item, OutboxLimits limits) {
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

    /** Queues the last item behind everything else; returns false if there is one, or the end. */
    boolean finish(T last) {
        if (!accepts()) {
            return false;
        }
        add(last);
        finishing = true;
        return true;
    }

    /** Queues the last item instead of everything that waits; returns false if the last one is on its way, or at the end. */
    boolean replaceWith(T last) {
        if (ended || (finishing && isEmpty())) {
            return false;
        }
        clear();
        add(last);
        finishing = true;
        return true;
    }

    /** Takes over a copy of what waits in {@code other}, and that it is finishing. */
    void adopt(OutQueue<? extends T> other) {
        if (!ended) {
            other.urgent.forEach(this::addUrgent);
            other.ordinary.forEach(this::add);
            finishing |= other.finishing;
        }
    }

    /** Drops what waits; what is being written still counts. */
    private void clear() {
        urgent.clear();
        ordinary.clear();
        bytes = bytesInWrite;
    }

    /**
     * Takes a batch to write: at most {@code maxBytes}, or one larger item. The last item of all goes alone: a client may act
     * on it before it has acted on what came with it.
     */
    List<T> take(int maxBytes) {
        writing = true;
        List<T> batch = new ArrayList<>(Math.min(urgent.size() + ordinary.size(), USUAL_BATCH));
        while (!isEmpty()) {
            Queue<T> source = urgent.isEmpty() ? ordinary : urgent;
            T item = source.element();
            boolean last = finishing && urgent.isEmpty() && ordinary.size() == 1;
            if (!batch.isEmpty() && (last || bytesInWrite + item.size() > maxBytes)) {
                break;
            }
            batch.add(source.remove());
            bytesInWrite += item.size();
        }
        return batch;
    }

    /** The batch taken has been written, or has not; returns whether it held the last item and that has been written. */
    boolean written(boolean failed) {
        writing = false;
        bytes -= bytesInWrite;
        bytesInWrite = 0;
        boolean last = finishing && isEmpty() && !ended;
        if (failed || last) {
            end();
        }
        return last && !failed;
    }

    /** Drops what waits and accepts nothing more. */
    void end() {
        ended = true;
        clear();
    }
}
