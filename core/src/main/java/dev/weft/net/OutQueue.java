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

    /** One part of so many stays free of items that may wait for room. */
    private static final int RESERVE = 8;

    private final Queue<T> urgent = new ArrayDeque<>(1);
    private final OutEntries<T> ordinary = new OutEntries<>();
    private final DropCounts total;

    /** What waits for the end of a message that comes in parts; null unless there is one. */
    private @Nullable OutEntries<T> behind;

    private long bytesBehind;
    private long bytes;
    private long bytesInWrite;
    private boolean writing;

    /** How many items have been dropped. */
    private long dropped;

    /** Whether the last item is queued or written. */
    private boolean finishing;

    /** Whether nothing is accepted or written any more; then nothing waits either. */
    private boolean ended;

    /** Creates an empty queue; {@code total} counts for all queues of the server. */
    OutQueue(DropCounts total) {
        this.total = total;
    }

    /** What became of an item. */
    enum Admission {
        /** It waits behind the others. */
        ADDED,
        /** It has taken the place of an older one. */
        REPLACED,
        /** There is no room now. */
        FULL,
        /** There is no room, and the peer must go. */
        OVERFLOW
    }

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

    /** Returns how many items wait. */
    int size() {
        return waiting() + urgent.size();
    }

    private int waiting() {
        return ordinary.size() + (behind == null ? 0 : behind.size());
    }

    /** Returns how many items have been dropped. */
    long dropped() {
        return dropped;
    }

    /** Counts an item that is not delivered. */
    void countDropped(int items) {
        dropped += items;
        total.dropped().add(items);
    }

    /** Queues {@code item}; no limit applies if it is {@code unlimited}. */
    Admission admit(T item, Delivery how, OutboxLimits limits, boolean unlimited) {
        if (!unlimited && !makeRoom(item, how, limits)) {
            return how.blocks() ? Admission.FULL : Admission.OVERFLOW;
        }
        OutEntries.Entry<T> older = find(how.key());
        if (older == null) {
            add(item, how.droppable(), how.key());
            return Admission.ADDED;
        }
        int more = item.size() - older.item().size();
        bytes += more;
        bytesBehind += ordinary.find(how.key()) == null ? more : 0;
        ordinary.replace(older, item);
        total.replaced().increment();
        return Admission.REPLACED;
    }

    /** Drops what may be dropped until {@code item} fits, if it is of that kind; returns whether it fits. */
    private boolean makeRoom(T item, Delivery how, OutboxLimits limits) {
        while (isFull(item, how, limits)) {
            if (!how.dropsOthers() || !dropOldest()) {
                return false;
            }
        }
        return true;
    }

    private boolean dropOldest() {
        T oldest = ordinary.pollDroppable();
        if (oldest == null && behind != null) {
            oldest = behind.pollDroppable();
            bytesBehind -= oldest == null ? 0 : oldest.size();
        }
        if (oldest == null) {
            return false;
        }
        bytes -= oldest.size();
        countDropped(1);
        return true;
    }

    private OutEntries.@Nullable Entry<T> find(@Nullable Object key) {
        OutEntries.Entry<T> entry = ordinary.find(key);
        return entry == null && behind != null ? behind.find(key) : entry;
    }

    /** Returns whether {@code item} would exceed {@code limits}; a single item of any size fits an empty queue. */
    boolean isFull(T item, Delivery how, OutboxLimits limits) {
        int maxBytes = how.blocks() ? limits.bytes() - limits.bytes() / RESERVE : limits.bytes();
        int maxMessages = how.blocks() ? limits.messages() - limits.messages() / RESERVE : limits.messages();
        OutEntries.Entry<T> older = find(how.key());
        int others = waiting() - (older == null ? 0 : 1);
        long othersBytes = bytes - (older == null ? 0 : older.item().size());
        return others >= maxMessages || (others + urgent.size() > 0 && othersBytes + item.size() > maxBytes);
    }

    int urgentSize() {
        return urgent.size();
    }

    /** Queues an item that nothing may drop, whatever the limits. */
    void add(T item) {
        add(item, false, null);
    }

    private void add(T item, boolean droppable, @Nullable Object key) {
        bytes += item.size();
        if (behind == null) {
            ordinary.add(item, droppable, key);
        } else {
            behind.add(item, droppable, key);
            bytesBehind += item.size();
        }
    }

    /** Adds a part of a message; what {@link #add} gets before the last part waits for that. */
    void addPart(T item, boolean last) {
        ordinary.add(item, false, null);
        bytes += item.size();
        if (!last && behind == null) {
            behind = new OutEntries<>();
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
            urgent.addAll(other.urgent);
            ordinary.addAll(other.ordinary);
            bytes += other.bytes - other.bytesInWrite;
            dropped += other.dropped;
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
        for (T item = peek(); item != null; item = peek()) {
            boolean last = finishing && ordinary.size() + urgent.size() == 1;
            if (!batch.isEmpty() && (last || bytesInWrite + item.size() > maxBytes)) {
                break;
            }
            batch.add(item);
            bytesInWrite += item.size();
            removeFirst();
        }
        return batch;
    }

    private @Nullable T peek() {
        T first = urgent.peek();
        return first == null ? ordinary.peek() : first;
    }

    private void removeFirst() {
        if (urgent.poll() == null) {
            ordinary.poll();
        }
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

    /** There was no room for an item: drops it and what waits, and accepts nothing more. */
    void overflow() {
        countDropped(waiting() + 1);
        end();
    }

    /** Drops what waits and accepts nothing more. */
    void end() {
        ended = true;
        clear();
    }
}
