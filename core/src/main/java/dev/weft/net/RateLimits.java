package dev.weft.net;

import java.time.Duration;

/**
 * How much one peer may send.
 *
 * @param messages the most messages a second, control frames among them; 0 for no limit
 * @param bytes the most bytes a second as they come, frame heads among them; 0 for no limit
 * @param patience how long the peer may keep sending more, while it is held back, before it is cut
 */
public record RateLimits(int messages, int bytes, Duration patience) {}
