package dev.weft.ws;

import dev.weft.net.OutboxLimits;
import java.time.Duration;

/**
 * Limits and times of one WebSocket.
 *
 * @param maxMessage the most bytes of one message
 * @param maxFragments the most frames of one message
 * @param closeTimeout how long a closing handshake may take
 * @param outbox what may wait to be sent
 */
public record WebSocketOptions(int maxMessage, int maxFragments, Duration closeTimeout, OutboxLimits outbox) {}
