package dev.weft.net;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Decides when a line is written about what happens often: the first time at once, and what follows within an interval
 * together at its end. Thread-safe; never blocks.
 */
final class Summary {
    static final Duration INTERVAL = Duration.ofSeconds(60);

    private final AtomicLong waiting = new AtomicLong();
    private final AtomicLong nextLine;
    private volatile String last = "";

    /** Starts at {@code now}, in nanoseconds. */
    Summary(long now) {
        nextLine = new AtomicLong(now);
    }

    void add(String detail) {
        last = detail;
        waiting.incrementAndGet();
    }

    /** Returns of how many a line is to tell now; 0 for no line. */
    long due(long now) {
        long next = nextLine.get();
        boolean mine = waiting.get() > 0 && now - next >= 0 && nextLine.compareAndSet(next, now + INTERVAL.toNanos());
        return mine ? waiting.getAndSet(0) : 0;
    }

    /** Returns what was added last. */
    String last() {
        return last;
    }
}
