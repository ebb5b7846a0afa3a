package dev.weft.net;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The bounded outbound queue of one peer. Any thread may offer; one thread at a time writes.
 *
 * <p>The owner, the thread that runs the peer's handlers, is the one that may be held back: what it offers is corked,
 * written by itself when it flushes, and it waits while {@link #CORK_BYTES} and more wait, unless it says that it must not:
 * a broadcast to many must not wait for one of them. All other threads only queue; a drainer writes. What happens at the
 * limit is the {@link OutQueue}'s to say. Where that ends the queue, nothing more is accepted, so the peer has seen an exact
 * prefix of what was offered.
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
    private final OutQueue<T> queue;
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
        queue = new OutQueue<>(drainers.drops());
    }

    /**
     * Queues {@code item}. Blocks only if {@code how} says so: the owner that is to be held back, while {@link #CORK_BYTES} and
     * more wait, or any thread, at a full queue, for as long as it may.
     */
    public Offered offer(T item, Delivery how) {
        Offered offered = tryOffer(item, how);
        long end = how.blocks() ? System.nanoTime() + how.waitNanos() : 0;
        while (offered == Offered.FULL && awaitRoom(item, how, end)) {
            offered = tryOffer(item, how);
        }
        if (offered == Offered.FULL) {
            countDropped();
        }
        return offered;
    }

    /** Queues {@code item} as {@link #offer} does, but waits for no room; what is refused as full counts nowhere. */
    public Offered tryOffer(T item, Delivery how) {
        Step step = admit(item, how);
        return switch (step) {
            case CLOSED -> Offered.CLOSED;
            case FULL -> Offered.FULL;
            case QUEUED -> Offered.ACCEPTED;
            case OVERFLOW -> {
                events.overflow();
                yield Offered.CLOSED;
            }
            case QUEUED_BY_OWNER -> {
                awaitRoom();
                yield Offered.ACCEPTED;
            }
            case MOVED -> {
                Outbox<? super T> next = successor;
                yield next == null ? Offered.CLOSED : next.tryOffer(item, how);
            }
        };
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

    private Step admit(T item, Delivery how) {
        lock.lock();
        try {
            if (successor != null) {
                return Step.MOVED;
            }
            if (!queue.accepts()) {
                return Step.CLOSED;
            }
            boolean mine = isOwner();
            boolean waits = mine && how.holdBack() && !queue.inParts();
            OutQueue.Admission admission = queue.admit(item, how, limits, waits);
            if (admission == OutQueue.Admission.FULL) {
                return Step.FULL;
            }
            if (admission == OutQueue.Admission.OVERFLOW) {
                queue.overflow();
                progress.signalAll();
                return Step.OVERFLOW;
            }
            if (mine && !how.holdBack()) {
                copied = true;
            }
            wakeOrCork(mine);
            return waits ? Step.QUEUED_BY_OWNER : Step.QUEUED;
        } finally {
            lock.unlock();
        }
    }

    /** What {@link #tryOffer} does next. */
    private enum Step {
        CLOSED,
        OVERFLOW,
        FULL,
        QUEUED,
        QUEUED_BY_OWNER,
        MOVED
    }

    /** Waits until {@code item} may fit; returns false if it does not at {@code end}, or when the thread is interrupted. */
    private boolean awaitRoom(T item, Delivery how, long end) {
        Outbox<? super T> next;
        lock.lock();
        try {
            wake();
            long nanos = end - System.nanoTime();
            while (successor == null && queue.accepts() && queue.isFull(item, how, limits) && nanos > 0) {
                nanos = progress.awaitNanos(nanos);
            }
            next = successor;
            if (next == null) {
                return nanos > 0;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
        return next.awaitRoom(item, how, end);
    }

    /** Counts an item that the sender has given up. */
    public void countDropped() {
        doAtEnd(() -> queue.countDropped(1), Outbox::countDropped);
    }

    /** Queues {@code item} only if nothing at all waits; returns whether it did. */
    public boolean offerVolatile(T item) {
        return atEnd(
                () -> {
                    boolean passes = queue.accepts() && queue.isIdle() && sink != null;
                    if (passes) {
                        queue.add(item);
                        wakeOrCork(isOwner());
                    } else if (queue.accepts()) {
                        queue.countDropped(1);
                    }
                    return passes;
                },
                next -> next.offerVolatile(item));
    }

    /** Queues {@code item} ahead of everything else, whatever the limits; for control packets, which are few. */
    public boolean offerUrgent(T item) {
        return atEnd(
                () -> {
                    boolean accepted = queue.accepts() && queue.urgentSize() < limits.messages();
                    if (accepted) {
                        queue.addUrgent(item);
                        wakeOrCork(isOwner());
                    }
                    return accepted;
                },
                next -> next.offerUrgent(item));
    }

    /** Queues {@code last} after everything else and accepts nothing more; {@link OutboxEvents#finished} follows it. */
    public boolean finish(T last) {
        return atEnd(() -> told(queue.finish(last)), next -> next.finish(last));
    }

    /** Drops what waits, queues {@code last} and accepts nothing more; {@link OutboxEvents#finished} follows it. */
    public boolean replaceWith(T last) {
        return atEnd(() -> told(queue.replaceWith(last)), next -> next.replaceWith(last));
    }

    /** Drops everything and accepts nothing more; wakes whoever waits. */
    public void abort() {
        locked(this::end);
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
        doAtEnd(() -> owner = Thread.currentThread(), Outbox::cork);
    }

    /** Ends the ownership of the calling thread, after a flush. */
    public void uncork() {
        flush();
        doAtEnd(() -> owner = isOwner() ? null : owner, Outbox::uncork);
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
        doAtEnd(this::wake, Outbox::flushElsewhere);
    }

    /** Sets where batches go; what waits goes at once, on the calling thread. */
    public void attach(OutboxSink<T> newSink) {
        locked(() -> sink = newSink);
        flush();
    }

    /** Takes the sink away. */
    public void detach() {
        locked(() -> sink = null);
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
        locked(() -> {
            target.adopt(this);
            end();
            successor = target;
        });
    }

    /** Takes over what {@code old} has, whose lock the caller holds. */
    private void adopt(Outbox<? extends T> old) {
        locked(() -> {
            queue.adopt(old.queue);
            owner = old.owner;
            copied = old.copied;
        });
    }

    /** Returns the bytes that wait or are being written. */
    public long queuedBytes() {
        return read(OutQueue::bytes);
    }

    /** Returns how many items wait. */
    public int queuedMessages() {
        return (int) read(OutQueue::size);
    }

    /** Returns how many items were skipped, dropped, refused, or lost by an overflow. */
    public long dropped() {
        return read(OutQueue::dropped);
    }

    private long read(ToLongFunction<OutQueue<?>> what) {
        return atEnd(() -> what.applyAsLong(queue), next -> next.read(what));
    }

    /** Does something here, under the lock, or where everything has moved to. */
    private <R> R atEnd(Supplier<R> here, Function<Outbox<? super T>, R> moved) {
        lock.lock();
        try {
            Outbox<? super T> next = successor;
            return next == null ? here.get() : moved.apply(next);
        } finally {
            lock.unlock();
        }
    }

    private void doAtEnd(Runnable here, Consumer<Outbox<? super T>> moved) {
        locked(() -> {
            Outbox<? super T> next = successor;
            if (next == null) {
                here.run();
            } else {
                moved.accept(next);
            }
        });
    }

    private void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    /** Writes what waits, but not for ever if more and more comes. */
    private void drain() {
        if (writeAll(BATCHES_PER_TURN)) {
            locked(this::wake);
        }
    }

    /** Called by a drainer that was scheduled. */
    void drainScheduled() {
        locked(() -> scheduled = false);
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

    private boolean told(boolean accepted) {
        wake();
        progress.signalAll();
        return accepted;
    }

    private void end() {
        queue.end();
        progress.signalAll();
    }
}
