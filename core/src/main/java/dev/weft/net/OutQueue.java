package dev.weft.net;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

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
    /** What waits for the end of a message that comes in parts; null unless there is one. */
    private @Nullable Queue<T> behind;

    private long bytesBehind;
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
        return !writing && isEmpty() && behind == null;
    }

    /** Returns whether a message has begun whose last part has not been added. */
    boolean inParts() {
        return behind != null;
    }

    boolean isEmpty() {
        return ordinary.isEmpty() && urgent.isEmpty();
    }

    /** Returns the bytes that wait or are being written. */
    long bytes() {
        return bytes;
    }

    /** Returns the bytes that nothing holds up but the peer. */
    long bytesReady() {
        return bytes - bytesBehind;
    }

    /** Returns whether {@code item} would exceed {@code limits}; a single item of any size fits an empty queue. */
    boolean isFull(T item, OutboxLimits limits) {
        int waiting = ordinary.size() + (behind == null ? 0 : behind.size());
        return waiting >= limits.messages() || (waiting + urgent.size() > 0 && bytes + item.size() > limits.bytes());
    }

    int urgentSize() {
        return urgent.size();
    }

    void add(T item) {
        bytes += item.size();
        if (behind == null) {
            ordinary.add(item);
        } else {
            behind.add(item);
            bytesBehind += item.size();
        }
    }

    /** Adds a part of a message; what {@link #add} gets before the last part waits for that. */
    void addPart(T item, boolean last) {
        ordinary.add(item);
        bytes += item.size();
        if (!last && behind == null) {
            behind = new ArrayDeque<>(2);
        } else if (last && behind != null) {
            ordinary.addAll(behind);
            behind = null;
            bytesBehind = 0;
        }
    }

    void addUrgent(T item) {
        urgent.add(item);
        bytes += item.size();
    }

    /**
     * Queues the last item behind everything else; returns false if there is one, or the end. A message whose last part is
     * missing stays incomplete, and what waits for its end is dropped.
     */
    boolean finish(T last) {
        if (!accepts()) {
            return false;
        }
        dropBehind();
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
        dropBehind();
        bytes = bytesInWrite;
    }

    private void dropBehind() {
        behind = null;
        bytes -= bytesBehind;
        bytesBehind = 0;
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
