package dev.weft.net;

import java.time.Duration;

/**
 * Tokens that come back at a steady rate until the bucket is full. A function of the times that its user passes, in
 * nanoseconds of any clock. Belongs to one thread at a time.
 */
final class TokenBucket {
    private static final double NANOS = 1e9;

    private final double perNano;
    private final double most;
    private double tokens;
    private long last;

    /**
     * Creates a full bucket.
     *
     * @param perSecond how many tokens come back in a second; 0 for as many as are asked for
     * @param burst for how long they gather
     */
    TokenBucket(long perSecond, Duration burst, long now) {
        perNano = perSecond / NANOS;
        most = Math.max(1, perNano * burst.toNanos());
        tokens = most;
        last = now;
    }

    /** Takes a token if there is one; returns whether there was. */
    boolean tryTake(long now) {
        refill(now);
        if (perNano > 0 && tokens < 1) {
            return false;
        }
        take(now, 1);
        return true;
    }

    /** Takes {@code count} tokens, which may leave a debt. */
    void take(long now, long count) {
        if (perNano > 0) {
            refill(now);
            tokens -= count;
        }
    }

    /** Returns in how many nanoseconds the debt will be paid; 0 if there is none. */
    long debt(long now) {
        refill(now);
        return tokens >= 0 ? 0 : (long) Math.ceil(-tokens / perNano);
    }

    /** Returns whether all tokens are there: the bucket is as good as a new one. */
    boolean full(long now) {
        refill(now);
        return tokens >= most;
    }

    private void refill(long now) {
        long passed = now - last;
        if (passed > 0) {
            tokens = Math.min(most, tokens + passed * perNano);
            last = now;
        }
    }
}
