package dev.weft.ws;

import dev.weft.net.OutboxLimits;
import dev.weft.net.RateLimits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Limits and times of one WebSocket.
 *
 * @param maxMessage the most bytes of one message
 * @param maxFragments the most frames of one message
 * @param closeTimeout how long a closing handshake may take
 * @param outbox what may wait to be sent
 * @param rates how much the peer may send
 * @param deflation what compresses messages, or null if nothing does
 */
public record WebSocketOptions(
        int maxMessage,
        int maxFragments,
        Duration closeTimeout,
        OutboxLimits outbox,
        RateLimits rates,
        @Nullable Deflation deflation) {}
