package dev.weft.demo.game.arena;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Calls something at a fixed rate on a virtual thread of its own, without drift: each due time is the previous one plus the
 * period, whatever the work took. After a long stall it skips what nobody would want to see replayed.
 */
final class Ticker {
    private static final int MAX_CATCH_UP = 5;

    private Ticker() {}

    /** Runs {@code step} {@code perSecond} times a second for as long as it returns true. */
    static Thread start(String name, int perSecond, BooleanSupplier step) {
        long period = 1_000_000_000L / perSecond;
        return Thread.ofVirtual().name(name).start(() -> {
            long due = System.nanoTime() + period;
            while (!Thread.currentThread().isInterrupted()) {
                waitUntil(due);
                if (!step.getAsBoolean()) {
                    return;
                }
                due = next(due, period, System.nanoTime());
            }
        });
    }

    /** Returns when the step after the one that was due at {@code due} is due. */
    static long next(long due, long period, long now) {
        long next = due + period;
        boolean hopeless = now - next > MAX_CATCH_UP * period;
        return hopeless ? now + period : next;
    }

    private static void waitUntil(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
        }
    }
}
