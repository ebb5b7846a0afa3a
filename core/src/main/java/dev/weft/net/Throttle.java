package dev.weft.net;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Holds back a peer that sends more than its rates allow: the thread that reads for it waits, so the peer feels it through
 * TCP. Belongs to one reading thread at a time, but for {@link #holdsBack}.
 */
public final class Throttle {
    /** The connection may end meanwhile. */
    private static final long LONGEST_PAUSE_NANOS = 50_000_000;

    private final Pace pace;

    /** Written by the reading thread. */
    private volatile long heldUntil;

    private volatile boolean held;

    /** Starts to count now. */
    public Throttle(RateLimits limits) {
        pace = new Pace(limits, System.nanoTime());
    }

    /** Counts what has been received; returns whether it is within the rates, so that no wait is due. */
    public boolean within(long messages, long bytes) {
        if (pace.received(System.nanoTime(), messages, bytes) == 0) {
            return true;
        }
        heldUntil = pace.paidAt();
        held = true;
        return false;
    }

    /**
     * Waits until what has been received is within the rates again, or {@code over} holds. Returns false if the peer's excess
     * has lasted too long: it is to be cut.
     */
    public boolean await(BooleanSupplier over) {
        boolean interrupted = Thread.interrupted(); // a handler's interrupt would turn waiting into spinning
        try {
            long now = System.nanoTime();
            while (now - heldUntil < 0 && !over.getAsBoolean()) {
                if (pace.exhausted(now)) {
                    return false;
                }
                LockSupport.parkNanos(this, Math.min(LONGEST_PAUSE_NANOS, heldUntil - now));
                interrupted |= Thread.interrupted();
                now = System.nanoTime();
            }
            return true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Returns whether the peer is being held back, or was a moment ago: then what it has sent may wait unread, and the delay is
     * ours. For any thread.
     */
    public boolean holdsBack() {
        return held && Pace.recent(heldUntil, System.nanoTime());
    }
}
