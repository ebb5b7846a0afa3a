package dev.weft.ws;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Objects that hold memory outside the heap, lent to one user at a time. A bounded number waits for the next user; the others
 * are released when they come back. Thread-safe.
 *
 * @param <T> what is lent
 */
final class NativePool<T> implements AutoCloseable {
    private final Supplier<T> create;
    private final Consumer<T> reset;
    private final Consumer<T> release;
    private final BlockingQueue<T> idle;
    private final AtomicInteger alive = new AtomicInteger();
    private volatile boolean closed;

    /** Creates an empty pool in which at most {@code maxIdle} objects wait. */
    NativePool(int maxIdle, Supplier<T> create, Consumer<T> reset, Consumer<T> release) {
        this.create = create;
        this.reset = reset;
        this.release = release;
        idle = new ArrayBlockingQueue<>(maxIdle);
    }

    /** Returns an object to be given back by {@link #give}, in its initial state. */
    T take() {
        T waiting = idle.poll();
        if (waiting != null) {
            return waiting;
        }
        T created = create.get();
        alive.incrementAndGet();
        return created;
    }

    /** Takes an object back; the caller does not touch it again. */
    void give(T used) {
        reset.accept(used);
        if (!idle.offer(used)) {
            discard(used);
        }
        if (closed) {
            discardIdle();
        }
    }

    /** Returns how many objects hold memory: those lent and those that wait. */
    int alive() {
        return alive.get();
    }

    /** Releases what waits now, and the rest as soon as it comes back. */
    @Override
    public void close() {
        closed = true;
        discardIdle();
    }

    private void discardIdle() {
        for (T waiting; (waiting = idle.poll()) != null; ) {
            discard(waiting);
        }
    }

    private void discard(T object) {
        alive.decrementAndGet();
        release.accept(object);
    }
}
