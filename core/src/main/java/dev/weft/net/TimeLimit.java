package dev.weft.net;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Lets application code decide within a time. It runs on the calling thread, so that nothing is left running when the caller
 * goes on: at the deadline it is interrupted, and what it returns after that does not count. Its interrupts stay inside.
 */
public final class TimeLimit {
    private final Thread thread = Thread.currentThread();
    private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);

    private enum State {
        RUNNING,
        DONE,
        EXPIRED,
        INTERRUPTED
    }

    private TimeLimit() {}

    /**
     * Returns what {@code work} returns.
     *
     * @throws TimeoutException if it took longer than {@code limit}, in {@link Carriers#time()}
     * @throws Exception what {@code work} throws within the time
     */
    public static <T extends @Nullable Object> T call(Carriers carriers, Duration limit, Callable<T> work)
            throws Exception {
        TimeLimit running = new TimeLimit();
        Clock.Timer timer = carriers.deadline(limit, running::expire);
        T result;
        try {
            result = work.call();
        } catch (Exception e) {
            throw running.inTime() ? e : tooLate(limit);
        } finally {
            timer.cancel();
            running.inTime();
            Thread.interrupted(); // an interrupt of the application must not reach our reads
        }
        if (!running.inTime()) {
            throw tooLate(limit);
        }
        return result;
    }

    private static TimeoutException tooLate(Duration limit) {
        return new TimeoutException("took longer than " + limit.toMillis() + " ms");
    }

    private void expire() {
        if (state.compareAndSet(State.RUNNING, State.EXPIRED)) {
            thread.interrupt();
            state.set(State.INTERRUPTED);
        }
    }

    /** Ends the time; returns whether it had not run out. After that no interrupt comes any more. */
    private boolean inTime() {
        if (state.compareAndSet(State.RUNNING, State.DONE)) {
            return true;
        }
        while (state.get() == State.EXPIRED) {
            Thread.onSpinWait(); // the clock, a platform thread, is about to interrupt
        }
        return state.get() == State.DONE;
    }
}
