package dev.weft.net;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * All deadlines of a server, on one platform thread: virtual threads are not time-sliced, so a deadline must not wait for
 * one. Tasks are short and never block. Thread-safe.
 */
public final class Clock implements AutoCloseable {
    private final ScheduledThreadPoolExecutor executor;
    private final Failures failures;

    /** Starts the clock. */
    public Clock(Failures failures) {
        this.failures = failures;
        executor = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("weft-clock").factory());
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        executor.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
    }

    /** Runs {@code task} once after {@code delay}, unless cancelled. */
    public Timer schedule(Duration delay, Runnable task) {
        return scheduleNanos(delay.toNanos(), task);
    }

    /** Runs {@code task} once after {@code nanos} nanoseconds, unless cancelled. */
    public Timer scheduleNanos(long nanos, Runnable task) {
        if (executor.isShutdown()) {
            return Timer.NONE;
        }
        try {
            return new Timer(executor.schedule(guarded(task), nanos, TimeUnit.NANOSECONDS));
        } catch (java.util.concurrent.RejectedExecutionException e) {
            return Timer.NONE; // the server stops: nothing is due any more
        }
    }

    /** Runs {@code task} again and again, {@code period} after it ended, until cancelled. */
    public Timer repeat(Duration period, Runnable task) {
        long nanos = period.toNanos();
        return executor.isShutdown()
                ? Timer.NONE
                : new Timer(executor.scheduleWithFixedDelay(guarded(task), nanos, nanos, TimeUnit.NANOSECONDS));
    }

    /** Returns how many timers are armed. */
    public int armed() {
        return executor.getQueue().size();
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    private Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (Throwable t) {
                failures.unexpected("a timer", t);
            }
        };
    }

    /** One armed deadline. */
    public static final class Timer {
        /** A timer that never fires. */
        public static final Timer NONE = new Timer(null);

        private final @org.jspecify.annotations.Nullable ScheduledFuture<?> future;

        private Timer(@org.jspecify.annotations.Nullable ScheduledFuture<?> future) {
            this.future = future;
        }

        /** Disarms the timer; does nothing if it has fired. */
        public void cancel() {
            if (future != null) {
                future.cancel(false);
            }
        }
    }
}
