package dev.weft.ws;

import dev.weft.net.Carriers;
import dev.weft.net.Clock;
import java.time.Duration;

/**
 * Pings one raw WebSocket, so that no proxy takes it for idle, and kills it when the peer shows no life. Any byte received
 * proves life, since a peer in the middle of a long frame cannot answer; our own traffic never does.
 */
public final class KeepAlive implements AutoCloseable {
    private static final byte[] NO_PAYLOAD = {};
    private static final long MARGIN_NANOS = 1_000_000;

    private final ServerWebSocket webSocket;
    private final long interval;
    private final long limit;
    private final long maxStall;
    private final Carriers carriers;
    private volatile Clock.Timer timer = Clock.Timer.NONE;
    private volatile boolean closed;

    /**
     * Starts to ping every {@code interval}; the peer has {@code timeout} to show life after a ping. While the endpoint is
     * busy, bytes that it has not read postpone the verdict by at most {@code maxStall}.
     */
    public KeepAlive(
            ServerWebSocket webSocket, Duration interval, Duration timeout, Duration maxStall, Carriers carriers) {
        this.webSocket = webSocket;
        this.interval = interval.toNanos();
        this.limit = interval.plus(timeout).toNanos();
        this.maxStall = maxStall.toNanos();
        this.carriers = carriers;
        arm(this.interval);
    }

    private void arm(long nanos) {
        timer = carriers.deadline(Duration.ofNanos(nanos), this::beat);
        if (closed) {
            timer.cancel();
        }
    }

    private void beat() {
        long silence = webSocket.connection().silence();
        boolean patient = webSocket.heldBack() || silence < limit + maxStall;
        boolean stalled = webSocket.holdsUnread() && patient;
        if (silence >= limit && !stalled) {
            webSocket.timeOut();
        } else if (!closed) {
            webSocket.ping(NO_PAYLOAD);
            arm(silence < limit ? Math.min(interval, limit - silence + MARGIN_NANOS) : interval);
        }
    }

    @Override
    public void close() {
        closed = true;
        timer.cancel();
    }
}
