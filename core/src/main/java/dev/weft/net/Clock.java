package dev.weft.net;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

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
        Timer timer = unarmed();
        timer.arm(nanos, task);
        return timer;
    }

    /** Runs {@code task} again and again, {@code period} after it ended, until cancelled. */
    public Timer repeat(Duration period, Runnable task) {
        Timer timer = unarmed();
        long nanos = period.toNanos();
        timer.set(() -> executor.scheduleWithFixedDelay(guarded(task), nanos, nanos, TimeUnit.NANOSECONDS));
        return timer;
    }

    /** Returns a timer that its user arms. */
    Timer unarmed() {
        return new Timer(this);
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

    /** One deadline. */
    public static final class Timer {
        /** A timer that never fires. */
        public static final Timer NONE = new Timer(null);

        private final @Nullable Clock clock;

        /** Null before it is armed and once cancelled: who keeps the timer must not keep its task. */
        private final AtomicReference<@Nullable Future<?>> armed = new AtomicReference<>();

        private volatile boolean cancelled;

        private Timer(@Nullable Clock clock) {
            this.clock = clock;
        }

        /** Lets {@code task} run after {@code nanos}, unless the timer has been cancelled; what was armed before has fired. */
        void arm(long nanos, Runnable task) {
            Clock running = clock;
            if (running != null) {
                set(() -> running.executor.schedule(running.guarded(task), nanos, TimeUnit.NANOSECONDS));
            }
        }

        private void set(Armament armament) {
            if (cancelled) {
                return;
            }
            try {
                armed.set(armament.schedule());
            } catch (RejectedExecutionException e) {
                return; // the server stops: nothing is due any more
            }
            if (cancelled) {
                cancel();
            }
        }

        boolean cancelled() {
            return cancelled;
        }

        private interface Armament {
            Future<?> schedule();
        }

        /** Disarms the timer; does nothing if it has fired. */
        public void cancel() {
            cancelled = true;
            Future<?> future = armed.getAndSet(null); // in one step: what is armed meanwhile must not be lost
            if (future != null) {
                future.cancel(false);
            }
        }
    }
}
