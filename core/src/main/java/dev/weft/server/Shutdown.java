package dev.weft.server;

import dev.weft.DisconnectReason;
import dev.weft.engine.EngineServer;
import dev.weft.net.Listener;
import dev.weft.net.NetRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * How a server stops: it fails its readiness, tells its clients in waves, each when what runs for it has finished, and cuts
 * what is left. Used once, by one thread.
 */
final class Shutdown {
    private static final long POLL_NANOS = 5_000_000;
    private static final int WAVES = 20;
    private static final int SMALLEST_WAVE = 100;

    private final Options options;
    private final NetRuntime runtime;
    private final Listener listener;
    private final Router router;

    Shutdown(Options options, NetRuntime runtime, Listener listener, Router router) {
        this.options = options;
        this.runtime = runtime;
        this.listener = listener;
        this.router = router;
    }

    /** Stops; returns after {@code drainDelay}, {@code drainPeriod} and {@code shutdownTimeout} together at the latest. */
    void run() {
        router.engines().values().forEach(EngineServer::drain);
        router.webSockets().values().forEach(RawWebSockets::drain);
        pause(options.drainDelay());
        tellInWaves();
        long told = System.nanoTime();
        long timeout = options.shutdownTimeout().toNanos();
        await(told + timeout / 2, () -> sessions() == 0);
        router.engines().values().forEach(engine -> engine.closeAll(DisconnectReason.SERVER_SHUTTING_DOWN));
        router.webSockets().values().forEach(RawWebSockets::closeAll);
        listener.close();
        await(told + timeout, this::nothingLeft);
    }

    /** Few clients are told at once; more of them spread over the period, so that they do not come back all together. */
    private void tellInWaves() {
        List<Runnable> clients = new ArrayList<>();
        router.engines().values().forEach(engine -> clients.addAll(engine.farewells()));
        router.webSockets().values().forEach(endpoint -> clients.addAll(endpoint.farewells()));
        int size = Math.max(SMALLEST_WAVE, (clients.size() + WAVES - 1) / WAVES);
        for (int from = 0; from < clients.size(); from += size) {
            if (from > 0) {
                pause(options.drainPeriod().dividedBy(WAVES));
            }
            clients.subList(from, Math.min(clients.size(), from + size)).forEach(Runnable::run);
        }
    }

    private long sessions() {
        return router.engines().values().stream().mapToLong(EngineServer::open).sum();
    }

    private boolean nothingLeft() {
        listener.killIdle();
        return listener.open() == 0 && runtime.handlers().count() == 0;
    }

    private static void pause(Duration time) {
        await(System.nanoTime() + time.toNanos(), () -> false);
    }

    private static void await(long end, BooleanSupplier condition) {
        for (long left = end - System.nanoTime();
                left > 0 && !condition.getAsBoolean();
                left = end - System.nanoTime()) {
            LockSupport.parkNanos(Math.min(POLL_NANOS, left));
        }
    }
}
