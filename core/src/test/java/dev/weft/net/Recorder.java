package dev.weft.net;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** A sink that keeps what it gets, may be blocked, and counts the events of its outbox. */
final class Recorder implements OutboxSink<Item>, OutboxEvents {
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(15);

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Item> written = new ArrayList<>();
    private final List<Integer> batches = new ArrayList<>();
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile boolean writing;
    final AtomicInteger overflows = new AtomicInteger();
    final AtomicInteger ends = new AtomicInteger();
    final AtomicInteger writesAtOnce = new AtomicInteger();
    final AtomicReference<Throwable> failure = new AtomicReference<>();

    /** From now on writes wait until {@link #open}. */
    Recorder blocked() {
        gate = new CountDownLatch(1);
        return this;
    }

    void open() {
        gate.countDown();
    }

    boolean isWriting() {
        return writing;
    }

    @Override
    public void write(List<Item> batch) throws IOException {
        if (writing) {
            writesAtOnce.incrementAndGet();
        }
        writing = true;
        try {
            if (!gate.await(LIMIT_NANOS, TimeUnit.NANOSECONDS)) {
                throw new IOException("blocked for too long");
            }
            lock.lock();
            try {
                written.addAll(batch);
                batches.add(batch.size());
            } finally {
                lock.unlock();
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        } finally {
            writing = false;
        }
    }

    List<Item> written() {
        lock.lock();
        try {
            return List.copyOf(written);
        } finally {
            lock.unlock();
        }
    }

    List<Integer> numbers() {
        return written().stream().map(Item::number).toList();
    }

    List<Integer> batches() {
        lock.lock();
        try {
            return List.copyOf(batches);
        } finally {
            lock.unlock();
        }
    }

    void await(int count) {
        await("the sink has " + count + " items", () -> written().size() >= count);
    }

    static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + LIMIT_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not in time: " + what);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Override
    public void overflow() {
        overflows.incrementAndGet();
    }

    @Override
    public void failed(Throwable cause) {
        failure.set(cause);
    }

    @Override
    public void finished() {
        ends.incrementAndGet();
    }
}
