package dev.weft.net;

import dev.weft.OverflowPolicy;
import java.time.Duration;

/**
 * The most that may wait in an {@link Outbox}, and what a message usually meets then.
 *
 * @param bytes in bytes
 * @param messages in messages
 * @param overflow what a message meets that finds no room
 * @param blockTimeout how long {@link OverflowPolicy#BLOCK} waits for room
 */
public record OutboxLimits(int bytes, int messages, OverflowPolicy overflow, Duration blockTimeout) {
    /** Returns how a message is queued that has nothing special to it. */
    public Delivery usual() {
        return delivery(overflow);
    }

    /** Returns how a message is queued that meets {@code policy}. */
    public Delivery delivery(OverflowPolicy policy) {
        return Delivery.data(policy, blockTimeout.toNanos());
    }
}
