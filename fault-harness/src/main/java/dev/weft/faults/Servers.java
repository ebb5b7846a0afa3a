package dev.weft.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Namespace;
import dev.weft.server.Options;
import dev.weft.server.Stats;
import dev.weft.server.Weft;
import dev.weft.server.WeftBuilder;
import java.time.Duration;
import java.util.function.Consumer;

/** Starts servers and checks that they are healthy and empty. */
public final class Servers {
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private Servers() {}

    public static WeftBuilder builder(Options options) {
        return Weft.builder().host("127.0.0.1").port(0).options(options);
    }

    /** Starts a server with a main namespace. */
    public static Weft start(Options options, Consumer<Namespace> configuration) {
        return builder(options).namespace("/", configuration).start();
    }

    /** Fails unless every entry of every client goes soon, and nothing unexpected has happened. */
    public static void awaitEmpty(Weft server) {
        Await.until(() -> "nothing left, but " + server.stats(), LIMIT, () -> {
            Stats stats = server.stats();
            // What is left are the watchdog of writes and the canary's.
            return stats.connections() + stats.sessions() + stats.sockets() + stats.pendingAcks() == 0
                    && stats.timers() <= 2;
        });
        assertThat(server.stats().unexpectedFailures()).isZero();
    }
}
