package dev.weft.net;

import java.util.concurrent.atomic.AtomicReference;

/** Lets so many traces an interval into the log: peers may cause failures at their own pace. Thread-safe. */
final class LogBudget {
    private final int most;
    private final AtomicReference<Interval> interval;

    private record Interval(long end, int spent) {}

    LogBudget(int most, long now) {
        this.most = most;
        interval = new AtomicReference<>(new Interval(now + Summary.INTERVAL.toNanos(), 0));
    }

    /** Returns whether one more may be written. */
    boolean take(long now) {
        return interval.updateAndGet(current -> spend(current, now)).spent <= most;
    }

    private Interval spend(Interval current, long now) {
        return now - current.end < 0
                ? new Interval(current.end, Math.min(most, current.spent) + 1)
                : new Interval(now + Summary.INTERVAL.toNanos(), 1);
    }
}
