package dev.weft.net;

import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A few shared virtual threads that write what other threads queued. One that sits in a write for longer than a tick
 * stops counting and another may start, so a stuck peer costs nobody else anything. The platform thread that notices
 * this also flushes outboxes whose owner corked something and is busy. Thread-safe.
 */
public final class Drainers implements AutoCloseable {
    private static final long TICK_NANOS = 2_000_000;

    private final Queue<Outbox<?>> ready = new ConcurrentLinkedQueue<>();
    private final Queue<Outbox<?>> corked = new ConcurrentLinkedQueue<>();
    private final Set<Worker> workers = ConcurrentHashMap.newKeySet();
    private final AtomicInteger counted = new AtomicInteger();
    private final int target = Math.max(2, Runtime.getRuntime().availableProcessors());
    private final Carriers carriers;
    private final Failures failures;
    private final DropCounts drops = new DropCounts();
    private final Thread ticker;
    private volatile boolean ticking;
    private volatile boolean closed;

    /** Starts the ticker; writers start when there is work. */
    public Drainers(Carriers carriers, Failures failures) {
        this.carriers = carriers;
        this.failures = failures;
        ticker = Thread.ofPlatform().daemon().name("weft-drain-ticker").start(this::tick);
    }

    /** Returns what all outboxes together did not deliver. */
    public DropCounts drops() {
        return drops;
    }

    /** Lets a drainer write what waits in {@code outbox}. */
    void schedule(Outbox<?> outbox) {
        ready.add(outbox);
        startWorker();
    }

    /** Flushes {@code outbox} soon if its owner does not. */
    void watch(Outbox<?> outbox) {
        corked.add(outbox);
        wakeTicker();
    }

    /** Ends the ticker; writers end when their queue is empty. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(ticker);
    }

    private void startWorker() {
        int now = counted.get();
        while (now < target) {
            if (counted.compareAndSet(now, now + 1)) {
                start(new Worker());
                wakeTicker();
                return;
            }
            now = counted.get();
        }
    }

    private void start(Worker worker) {
        workers.add(worker);
        try {
            Thread.ofVirtual().name("weft-drainer").start(worker);
        } catch (Throwable t) {
            workers.remove(worker);
            counted.decrementAndGet();
            throw t;
        }
    }

    private void wakeTicker() {
        if (!ticking) {
            LockSupport.unpark(ticker);
        }
    }

    private void tick() {
        while (!closed) {
            try {
                ticking = !workers.isEmpty() || !corked.isEmpty();
                if (!ticking && workers.isEmpty() && corked.isEmpty()) {
                    LockSupport.park(this);
                } else {
                    LockSupport.parkNanos(this, TICK_NANOS);
                    pulse();
                }
            } catch (Throwable t) {
                failures.unexpected("the drain ticker", t);
            }
        }
    }

    private void pulse() {
        for (int n = corked.size(); n > 0; n--) {
            Outbox<?> outbox = corked.poll();
            if (outbox != null && outbox.pulse()) {
                corked.add(outbox);
            }
        }
        long now = System.nanoTime();
        for (Worker worker : workers) {
            worker.discountIfStuck(now);
        }
    }

    private final class Worker implements Runnable {
        private final AtomicInteger state = new AtomicInteger(COUNTED);
        private volatile long busySince;

        private static final int COUNTED = 0;
        private static final int DISCOUNTED = 1;

        @Override
        public void run() {
            try {
                Outbox<?> outbox;
                while (state.get() == COUNTED && (outbox = ready.poll()) != null) {
                    busySince = System.nanoTime();
                    outbox.drainScheduled();
                    carriers.giveWay(); // counts as being busy: another drainer may start meanwhile
                    busySince = 0;
                }
            } catch (Throwable t) {
                failures.unexpected("a drainer", t);
            } finally {
                workers.remove(this);
                if (state.compareAndSet(COUNTED, DISCOUNTED)) {
                    counted.decrementAndGet();
                }
                if (!ready.isEmpty()) {
                    startWorker();
                }
            }
        }

        void discountIfStuck(long now) {
            long since = busySince;
            if (since != 0 && now - since > TICK_NANOS / 2 && state.compareAndSet(COUNTED, DISCOUNTED)) {
                counted.decrementAndGet();
                if (!ready.isEmpty()) {
                    startWorker();
                }
            }
        }
    }
}
