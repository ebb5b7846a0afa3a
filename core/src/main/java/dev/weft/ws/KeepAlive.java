package dev.weft.ws;

import dev.weft.net.Clock;
import java.time.Duration;

/**
 * Pings one raw WebSocket, so that no proxy takes it for idle, and kills it when the peer shows no life. Any received
 * frame proves life; our own traffic never does.
 */
public final class KeepAlive implements AutoCloseable {
    private static final byte[] NO_PAYLOAD = {};

    private final ServerWebSocket webSocket;
    private final Duration interval;
    private final Duration timeout;
    private final Clock clock;
    private volatile Clock.Timer timer = Clock.Timer.NONE;
    private volatile boolean closed;

    /** Starts to ping every {@code interval}; the peer has {@code timeout} to show life after a ping. */
    public KeepAlive(ServerWebSocket webSocket, Duration interval, Duration timeout, Clock clock) {
        this.webSocket = webSocket;
        this.interval = interval;
        this.timeout = timeout;
        this.clock = clock;
        arm();
    }

    private void arm() {
        timer = clock.schedule(interval, this::beat);
        if (closed) {
            timer.cancel();
        }
    }

    private void beat() {
        if (webSocket.silentFor(interval.plus(timeout).toNanos())) {
            webSocket.timeOut();
        } else if (!closed) {
            webSocket.ping(NO_PAYLOAD);
            arm();
        }
    }

    @Override
    public void close() {
        closed = true;
        timer.cancel();
    }
}
