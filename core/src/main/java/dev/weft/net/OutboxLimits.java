package dev.weft.net;

/**
 * The most that may wait in an {@link Outbox}.
 *
 * @param bytes in bytes
 * @param messages in messages
 */
public record OutboxLimits(int bytes, int messages) {}
