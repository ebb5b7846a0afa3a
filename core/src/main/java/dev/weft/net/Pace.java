package dev.weft.net;

import java.time.Duration;

/**
 * Measures what one peer sends against its rates: tells how long its input is to be left alone, and when its excess has
 * lasted too long. A function of the times that its user passes, in nanoseconds of any clock. Belongs to one thread at a
 * time.
 */
final class Pace {
    private static final Duration BURST = Duration.ofSeconds(2);

    /** Smaller debts are not worth a pause: they add up. */
    private static final long WORTH_A_PAUSE = 20_000_000;

    /** An excess is over when this long nothing had to be held back. */
    private static final long CALM = 1_000_000_000;

    private final TokenBucket messages;
    private final TokenBucket bytes;
    private final long patience;

    /** When what has been sent so far is within the rates again. */
    private long paidAt;

    private long excessSince;

    Pace(RateLimits limits, long now) {
        messages = new TokenBucket(limits.messages(), BURST, now);
        bytes = new TokenBucket(limits.bytes(), BURST, now);
        patience = limits.patience().toNanos();
        paidAt = now - CALM - 1;
    }

    /** Counts what has been received; returns for how many nanoseconds nothing more should be read. */
    long received(long now, long messageCount, long byteCount) {
        messages.take(now, messageCount);
        bytes.take(now, byteCount);
        long debt = Math.max(messages.debt(now), bytes.debt(now));
        if (debt < WORTH_A_PAUSE) {
            return 0;
        }
        if (!excess(now)) {
            excessSince = now;
        }
        paidAt = now + debt;
        return debt;
    }

    /** Returns whether the peer is being held back, or was a moment ago. */
    boolean excess(long now) {
        return recent(paidAt, now);
    }

    /** Returns whether a debt that is paid at {@code paidAt} still counts as an excess. */
    static boolean recent(long paidAt, long now) {
        return now - paidAt <= CALM;
    }

    /** Returns whether the excess has lasted too long. */
    boolean exhausted(long now) {
        return excess(now) && now - excessSince > patience;
    }

    /** Returns when the last debt is or was paid. */
    long paidAt() {
        return paidAt;
    }
}
