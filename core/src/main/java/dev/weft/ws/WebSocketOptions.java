package dev.weft.ws;

import dev.weft.net.OutboxLimits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Limits and times of one WebSocket.
 *
 * @param maxMessage the most bytes of one message
 * @param maxFragments the most frames of one message
 * @param closeTimeout how long a closing handshake may take
 * @param outbox what may wait to be sent
 * @param deflation what compresses messages, or null if nothing does
 */
public record WebSocketOptions(
        int maxMessage,
        int maxFragments,
        Duration closeTimeout,
        OutboxLimits outbox,
        @Nullable Deflation deflation) {}
