package dev.weft.net;

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
 * a broadcast to many must not wait for one of them. All other threads only queue; a drainer writes. At the limit the
 * overflow action runs and nothing more is accepted, so the peer always sees an exact prefix of what was offered.
 *
 * @param <T> what is queued
 */
public final class Outbox<T extends Outgoing> {
    /** The most bytes that wait before the owner does. */
    static final int CORK_BYTES = 64 * 1024;

    private static final int BATCHES_PER_TURN = 16;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition progress = lock.newCondition();
    private final Drainers drainers;
    private final OutboxLimits limits;
    private final OutboxEvents events;

    // All guarded by lock.
    private final OutQueue<T> queue = new OutQueue<>();
    private @Nullable OutboxSink<T> sink;
    private volatile @Nullable Outbox<? super T> successor;
    private @Nullable Thread owner;
    private boolean scheduled;
    private boolean watched;

    /** Whether the owner has offered something that it was not held back for. Read without the lock by the owner. */
    private volatile boolean copied;

    /** Creates an outbox without a sink: it only queues. */
    public Outbox(Drainers drainers, OutboxLimits limits, OutboxEvents events) {
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

    /**
     * Queues a part of a message of unknown length, and waits on any thread while {@link #CORK_BYTES} and more wait. What others
     * offer before the last part goes behind it. For one message at a time; returns whether the peer may get it whole.
     */
    public boolean offerPart(T item, boolean last) {
        lock.lock();
        try {
            if (!queue.accepts()) {
                return false;
            }
            queue.addPart(item, last);
            wake();
        } finally {
            lock.unlock();
        }
        return awaitRoom();
    }

    private Admission admit(T item, boolean holdBack) {
        lock.lock();
        try {
            if (successor != null) {
                return Admission.MOVED;
            }
            if (!queue.accepts()) {
                return Admission.REFUSED;
            }
            boolean mine = isOwner();
            boolean waits = mine && holdBack && !queue.inParts();
            if (!waits && queue.isFull(item, limits)) {
                end();
                return Admission.OVERFLOW;
            }
            queue.add(item);
            if (mine && !holdBack) {
                copied = true;
            }
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
            if (!queue.accepts() || !queue.isIdle() || sink == null) {
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
            if (!queue.accepts() || queue.urgentSize() >= limits.messages()) {
                return false;
            }
            queue.addUrgent(item);
            wakeOrCork(isOwner());
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Queues {@code last} after everything else and accepts nothing more; {@link OutboxEvents#finished} follows it. */
    public boolean finish(T last) {
        lock.lock();
        try {
            Outbox<? super T> next = successor;
            if (next != null) {
                return next.finish(last);
            }
            boolean accepted = queue.finish(last);
            wake();
            return accepted;
        } finally {
            lock.unlock();
        }
    }

    /** Drops what waits, queues {@code last} and accepts nothing more; {@link OutboxEvents#finished} follows it. */
    public boolean replaceWith(T last) {
        lock.lock();
        try {
            Outbox<? super T> next = successor;
            if (next != null) {
                return next.replaceWith(last);
            }
            boolean accepted = queue.replaceWith(last);
            wake();
            progress.signalAll();
            return accepted;
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
            while (!queue.ended() && nanos > 0) {
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
        } else {
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
    public void attach(OutboxSink<T> newSink) {
        lock.lock();
        try {
            sink = newSink;
        } finally {
            lock.unlock();
        }
        flush();
    }

    /** Takes the sink away. */
    public void detach() {
        lock.lock();
        try {
            sink = null;
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
            target.adopt(this);
            end();
            successor = target;
        } finally {
            lock.unlock();
        }
    }

    /** Takes over what {@code old} has, whose lock the caller holds. */
    private void adopt(Outbox<? extends T> old) {
        lock.lock();
        try {
            queue.adopt(old.queue);
            owner = old.owner;
            copied = old.copied;
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
            watched = !queue.isEmpty() && sink != null;
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

    private boolean writeAll(int batches) {
        for (int i = 0; i < batches; i++) {
            List<T> batch;
            OutboxSink<T> target;
            lock.lock();
            try {
                target = sink;
                if (target == null || !queue.readyToWrite()) {
                    return false;
                }
                batch = queue.take(target.batchBytes());
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

    private boolean write(OutboxSink<T> target, List<T> batch) {
        Throwable failure = null;
        try {
            target.write(batch);
        } catch (Throwable t) {
            failure = t;
        }
        boolean last;
        lock.lock();
        try {
            last = queue.written(failure != null);
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
        if (!scheduled && sink != null && queue.readyToWrite()) {
            scheduled = true;
            drainers.schedule(this);
        }
    }

    /**
     * Makes up for what the owner has offered without waiting: it waits now. Does nothing if there is no such thing, since
     * what others offer is not the owner's to wait for. Called by the owner, after every event: it takes no lock then.
     */
    public void holdBack() {
        Outbox<? super T> next = successor;
        if (next != null) {
            next.holdBack();
            return;
        }
        if (copied) {
            copied = false; // none but the caller sets it again
            awaitRoom();
        }
    }

    /**
     * The backpressure that a peer has earned: the owner, which runs its handlers, waits while {@link #CORK_BYTES} and more
     * wait. It waits here, not in the write: an interrupt of the application that reached a write would close the
     * connection. Returns whether more may be written.
     */
    private boolean awaitRoom() {
        lock.lock();
        try {
            if (queue.bytesReady() >= CORK_BYTES) {
                wake();
            }
            while (queue.bytesReady() >= CORK_BYTES && !queue.ended() && successor == null) {
                progress.awaitUninterruptibly();
            }
            return !queue.ended();
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        queue.end();
        progress.signalAll();
    }
}
