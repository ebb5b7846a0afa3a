package dev.weft.engine;

import dev.weft.DisconnectReason;
import dev.weft.net.Clock;
import dev.weft.net.NetRuntime;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Pings the client of one session. Only a pong proves life, and it re-arms the next ping; pings of many sessions spread
 * because each interval is up to a tenth shorter than configured.
 */
final class Heartbeat {
    private static final double JITTER = 0.1;

    private final EngineSession session;
    private final EngineOptions options;
    private final NetRuntime runtime;
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by lock.
    private Clock.Timer timer = Clock.Timer.NONE;
    private boolean awaitsPong;
    private boolean stopped;
    private long stalledSince;

    Heartbeat(EngineSession session, EngineOptions options, NetRuntime runtime) {
        this.session = session;
        this.options = options;
        this.runtime = runtime;
    }

    void start() {
        lock.lock();
        try {
            armPing();
        } finally {
            lock.unlock();
        }
    }

    void pong() {
        lock.lock();
        try {
            if (awaitsPong) {
                awaitsPong = false;
                timer.cancel();
                armPing();
            }
        } finally {
            lock.unlock();
        }
    }

    void stop() {
        lock.lock();
        try {
            stopped = true;
            timer.cancel();
        } finally {
            lock.unlock();
        }
    }

    private void armPing() {
        if (!stopped) {
            long interval = options.pingInterval().toNanos();
            long jitter =
                    (long) (interval * JITTER * ThreadLocalRandom.current().nextDouble());
            timer = runtime.clock().scheduleNanos(interval - jitter, this::ping);
        }
    }

    private void ping() {
        lock.lock();
        try {
            awaitsPong = true;
            stalledSince = 0;
            armDeadline();
        } finally {
            lock.unlock();
        }
        session.currentTransport().outbox().offerUrgent(OutPacket.PING);
    }

    private void armDeadline() {
        if (!stopped) {
            timer = runtime.carriers().deadline(options.pingTimeout(), this::pongMissing);
        }
    }

    private void pongMissing() {
        boolean heldBack = session.currentTransport().heldBack(); // the delay is ours, and has a limit of its own
        boolean holdsUnread = session.currentTransport().holdsUnread();
        lock.lock();
        try {
            if (!awaitsPong || stopped) {
                return;
            }
            long now = System.nanoTime();
            stalledSince = stalledSince == 0 || heldBack ? now : stalledSince;
            if (holdsUnread && now - stalledSince < options.maxHandlerStall().toNanos()) {
                armDeadline(); // what we have not read may be the pong
                return;
            }
        } finally {
            lock.unlock();
        }
        session.close(DisconnectReason.PING_TIMEOUT);
    }
}
