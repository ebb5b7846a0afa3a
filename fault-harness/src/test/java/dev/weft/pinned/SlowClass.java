package dev.weft.pinned;

import java.util.concurrent.locks.LockSupport;

/** A class whose initialization waits, which keeps the carrier. */
public final class SlowClass {
    /** Initialized with the class. */
    public static final long STARTED = waited();

    private SlowClass() {}

    private static long waited() {
        LockSupport.parkNanos(100_000_000);
        return System.nanoTime();
    }
}
