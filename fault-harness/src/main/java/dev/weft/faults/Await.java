package dev.weft.faults;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition, with a deadline. */
public final class Await {
    private static final long POLL_NANOS = 2_000_000;

    private Await() {}

    /** Returns how long it took until {@code condition} held; fails with {@code what} if it did not within {@code limit}. */
    public static Duration until(Supplier<String> what, Duration limit, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > limit.toNanos()) {
                throw new AssertionError("not within " + limit.toMillis() + " ms: " + what.get());
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    public static Duration until(String what, Duration limit, BooleanSupplier condition) {
        return until(() -> what, limit, condition);
    }
}
