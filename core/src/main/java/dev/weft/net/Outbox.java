package dev.weft.net;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The bounded outbound queue of one peer. Any thread may offer; one thread at a time writes.
 *
 * <p>The owner, the thread that runs the peer's handlers, is the one that may be held back: what it offers is corked,
 * written by itself when it flushes, and it waits while {@link #CORK_BYTES} and more wait, unless it says that it must not:
 * a broadcast to many must not wait for one of them. All other threads only queue; a drainer writes. At the limit the overflow action runs and nothing more is accepted, so the
 * peer always sees an exact prefix of what was offered.
 *
 * @param <T> what is queued
 */
public final class Outbox<T extends Outgoing> {
    /** The most bytes that wait before the owner does. */
    static final int CORK_BYTES = 64 * 1024;

    private static final int BATCHES_PER_TURN = 16;

    /**
     * The most that may wait.
     *
     * @param bytes in bytes
     * @param messages in messages
     */
    public record Limits(int bytes, int messages) {}

    /**
     * Where a batch goes.
     *
     * @param <T> what is queued
     */
    public interface Sink<T> {
        /** Writes the whole batch; may block. */
        void write(List<T> batch) throws IOException;

        /** Returns how many bytes one batch may hold; a larger single item makes a batch of its own. */
        default int batchBytes() {
            return CORK_BYTES;
        }

        /** Returns whether the sink takes one batch only. */
        default boolean once() {
            return false;
        }
    }

    /** What the outbox tells its peer's side. Called without the lock. */
    public interface Events {
        /** The limit is reached; nothing is accepted any more. */
        void overflow();

        /** A write failed; nothing is accepted any more. */
        void failed(Throwable cause);

        /** The last item has been written. */
        void finished();
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition progress = lock.newCondition();
    private final Drainers drainers;
    private final Limits limits;
    private final Events events;

    // All guarded by lock.
    private final OutQueue<T> queue = new OutQueue<>();
    private @Nullable Sink<T> sink;
    private volatile @Nullable Outbox<? super T> successor;
    private @Nullable Thread owner;
    private boolean writing;
    private boolean scheduled;
    private boolean watched;

    /** Whether the owner has offered something that it was not held back for. */
    private boolean copied;

    private boolean finishing;
    private boolean ended;

    /** Creates an outbox without a sink: it only queues. */
    public Outbox(Drainers drainers, Limits limits, Events events) {
        this.drainers = drainers;
        this.limits = limits;
        this.events = events;
    }

    /** Queues {@code item} without ever blocking; returns whether it was accepted. */
    public boolean offer(T item) {
        return offer(item, false);
    }

    /**
     * Queues {@code item}; returns whether it was accepted. Afterwards the owner waits while {@link #CORK_BYTES} and more
     * wait, so that no limit applies to it.
     */
    public boolean offerAndHoldBack(T item) {
        return offer(item, true);
    }

    private boolean offer(T item, boolean holdBack) {
        Admission admission = admit(item, holdBack);
        switch (admission) {
            case REFUSED, QUEUED -> {}
            case OVERFLOW -> events.overflow();
            case QUEUED_BY_OWNER -> awaitRoom();
            case MOVED -> {
                Outbox<? super T> next = successor;
                return next != null && next.offer(item, holdBack);
            }
        }
        return admission == Admission.QUEUED || admission == Admission.QUEUED_BY_OWNER;
    }

    private Admission admit(T item, boolean holdBack) {
        lock.lock();
        try {
            if (successor != null) {
                return Admission.MOVED;
            }
            if (ended || finishing) {
                return Admission.REFUSED;
            }
            boolean mine = isOwner();
            boolean waits = mine && holdBack;
            if (!waits && queue.isFull(item, limits)) {
                end();
                return Admission.OVERFLOW;
            }
            queue.add(item);
            copied |= mine && !holdBack;
            wakeOrCork(mine);
            return waits ? Admission.QUEUED_BY_OWNER : Admission.QUEUED;
        } finally {
            lock.unlock();
        }
    }

    private enum Admission {
        REFUSED,
        OVERFLOW,
        QUEUED,
        QUEUED_BY_OWNER,
        MOVED
    }

    /** Queues {@code item} only if nothing at all waits; returns whether it did. */
    public boolean offerVolatile(T item) {
        lock.lock();
        try {
            Outbox<? super T> next = successor;
            if (next != null) {
                return next.offerVolatile(item);
            }
            if (ended || finishing || !queue.isEmpty() || writing || sink == null) {
                return false;
            }
            queue.add(item);
            wakeOrCork(isOwner());
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Queues {@code item} ahead of everything else, whatever the limits; for control packets, which are few. */
    public boolean offerUrgent(T item) {
        lock.lock();
        try {
            Outbox<? super T> next = successor;
            if (next != null) {
                return next.offerUrgent(item);
            }
            if (ended || finishing || queue.urgentSize() >= limits.messages) {
                return false;
            }
            queue.addUrgent(item);
            wakeOrCork(isOwner());
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Queues {@code last} after everything else and accepts nothing more; {@link Events#finished} follows it. */
    public boolean finish(T last) {
        lock.lock();
        try {
            Outbox<? super T> next = successor;
            if (next != null) {
                return next.finish(last);
            }
            if (ended || finishing) {
                return false;
            }
            queue.add(last);
            finishing = true;
            wake();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Drops what waits, queues {@code last} and accepts nothing more; {@link Events#finished} follows it. */
    public boolean replaceWith(T last) {
        lock.lock();
        try {
            Outbox<? super T> next = successor;
            if (next != null) {
                return next.replaceWith(last);
            }
            if (ended || (finishing && queue.isEmpty())) {
                return false; // the last item is on its way already
            }
            queue.clear();
            queue.add(last);
            finishing = true;
            wake();
            progress.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Drops everything and accepts nothing more; wakes whoever waits. */
    public void abort() {
        lock.lock();
        try {
            end();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until everything has been written after {@link #finish}, or nothing can be written any more. */
    public void awaitEnd(Duration limit) {
        long nanos = limit.toNanos();
        lock.lock();
        try {
            while (!ended && nanos > 0) {
                nanos = progress.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** Makes the calling thread the owner. */
    public void cork() {
        lock.lock();
        try {
            Outbox<? super T> next = successor;
            if (next == null) {
                owner = Thread.currentThread();
            } else {
                next.cork();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends the ownership of the calling thread, after a flush. */
    public void uncork() {
        Outbox<? super T> next = successor;
        if (next != null) {
            next.uncork();
            return;
        }
        flush();
        lock.lock();
        try {
            if (isOwner()) {
                owner = null;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Writes what waits on the calling thread, unless another thread is writing already. */
    public void flush() {
        Outbox<? super T> next = successor;
        if (next != null) {
            next.flush();
        } else if (mayWrite()) {
            drain();
        }
    }

    /**
     * Lets a drainer write what waits, at once: for a thread that runs code of the application, where an interrupt may come
     * at any time and would close the connection if it reached a write.
     */
    public void flushElsewhere() {
        lock.lock();
        try {
            Outbox<? super T> next = successor;
            if (next == null) {
                wake();
            } else {
                next.flushElsewhere();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Sets where batches go; what waits goes at once, on the calling thread. */
    public void attach(Sink<T> newSink) {
        lock.lock();
        try {
            sink = newSink;
        } finally {
            lock.unlock();
        }
        flush();
    }

    /** Takes the sink away; returns it, or null if there was none or it is in use. */
    public @Nullable Sink<T> detach() {
        lock.lock();
        try {
            Sink<T> old = sink;
            sink = null;
            return old;
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether a sink is attached. */
    public boolean attached() {
        lock.lock();
        try {
            return sink != null;
        } finally {
            lock.unlock();
        }
    }

    /** Moves everything that waits to {@code target}, in order, ahead of what is offered from now on. */
    public void moveTo(Outbox<? super T> target) {
        lock.lock();
        try {
            target.adopt(queue, owner, finishing, copied);
            end();
            successor = target;
        } finally {
            lock.unlock();
        }
    }

    private void adopt(OutQueue<? extends T> items, @Nullable Thread newOwner, boolean last, boolean copies) {
        lock.lock();
        try {
            items.copyTo(queue);
            owner = newOwner;
            finishing |= last;
            copied |= copies;
        } finally {
            lock.unlock();
        }
    }

    /** Returns the bytes that wait or are being written. */
    public long queuedBytes() {
        lock.lock();
        try {
            Outbox<? super T> next = successor;
            return next == null ? queue.bytes() : next.queuedBytes();
        } finally {
            lock.unlock();
        }
    }

    /** Writes what waits, but not for ever if more and more comes. */
    private void drain() {
        if (writeAll(BATCHES_PER_TURN)) {
            lock.lock();
            try {
                wake();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Called by a drainer that was scheduled. */
    void drainScheduled() {
        lock.lock();
        try {
            scheduled = false;
        } finally {
            lock.unlock();
        }
        drain();
    }

    /** Called now and then while the owner has corked something; returns whether to call again. */
    boolean pulse() {
        lock.lock();
        try {
            watched = !queue.isEmpty() && !ended && sink != null;
            if (watched) {
                wake();
            }
            return watched;
        } finally {
            lock.unlock();
        }
    }

    private boolean isOwner() {
        return Thread.currentThread().equals(owner);
    }

    private boolean mayWrite() {
        lock.lock();
        try {
            return !writing && sink != null && !queue.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private boolean writeAll(int batches) {
        for (int i = 0; i < batches; i++) {
            List<T> batch;
            Sink<T> target;
            lock.lock();
            try {
                if (writing || sink == null || queue.isEmpty() || ended) {
                    return false;
                }
                target = sink;
                batch = queue.take(target.batchBytes(), finishing);
                writing = true;
                if (target.once()) {
                    sink = null;
                }
            } finally {
                lock.unlock();
            }
            if (!write(target, batch)) {
                return false;
            }
        }
        return true;
    }

    private boolean write(Sink<T> target, List<T> batch) {
        Throwable failure = null;
        try {
            target.write(batch);
        } catch (Throwable t) {
            failure = t;
        }
        boolean last;
        lock.lock();
        try {
            writing = false;
            queue.written();
            last = finishing && queue.isEmpty() && !ended;
            if (failure != null || last) {
                end();
            }
            progress.signalAll();
        } finally {
            lock.unlock();
        }
        if (failure != null) {
            events.failed(failure);
        } else if (last) {
            events.finished();
        }
        return failure == null && !last;
    }

    private void wakeOrCork(boolean mine) {
        if (!mine) {
            wake();
        } else if (!watched) {
            watched = true;
            drainers.watch(this);
        }
    }

    private void wake() {
        if (!scheduled && !writing && sink != null && !queue.isEmpty()) {
            scheduled = true;
            drainers.schedule(this);
        }
    }

    /**
     * Makes up for what the owner has offered without waiting: it waits now. Does nothing if there is no such thing, since
     * what others offer is not the owner's to wait for, and on other threads.
     */
    public void holdBack() {
        Outbox<? super T> next = successor;
        if (next != null) {
            next.holdBack();
            return;
        }
        lock.lock();
        try {
            if (!copied || !isOwner()) {
                return;
            }
            copied = false;
        } finally {
            lock.unlock();
        }
        awaitRoom();
    }

    /**
     * The backpressure that a peer has earned: the owner, which runs its handlers, waits while {@link #CORK_BYTES} and more
     * wait. It waits here, not in the write: an interrupt of the application that reached a write would close the
     * connection.
     */
    private void awaitRoom() {
        lock.lock();
        try {
            if (queue.bytes() >= CORK_BYTES) {
                wake();
            }
            while (queue.bytes() >= CORK_BYTES && !ended && successor == null) {
                progress.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        ended = true;
        queue.clear();
        progress.signalAll();
    }
}
