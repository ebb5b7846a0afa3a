package dev.weft.engine;

import dev.weft.net.OutboxLimits;
import dev.weft.net.RateLimits;
import dev.weft.ws.Deflation;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Limits and times of Engine.IO sessions.
 *
 * @param pingInterval how often the server pings
 * @param pingTimeout how long a pong may take
 * @param upgradeTimeout how long an upgrade may take
 * @param maxHandlerStall how long a busy handler may leave pongs unread before the client counts as gone
 * @param closeTimeout how long a WebSocket closing handshake may take
 * @param maxPayload the most bytes of one message or polling body
 * @param maxFragments the most frames of one message
 * @param maxSessions the most sessions
 * @param outbox what may wait to be sent
 * @param rates how much one client may send
 * @param deflation what compresses messages on WebSockets, or null if nothing does
 */
public record EngineOptions(
        Duration pingInterval,
        Duration pingTimeout,
        Duration upgradeTimeout,
        Duration maxHandlerStall,
        Duration closeTimeout,
        int maxPayload,
        int maxFragments,
        int maxSessions,
        OutboxLimits outbox,
        RateLimits rates,
        @Nullable Deflation deflation) {}
