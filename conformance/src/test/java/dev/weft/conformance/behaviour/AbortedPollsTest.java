package dev.weft.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Session;
import dev.weft.faults.Await;
import dev.weft.faults.LeakLedger;
import dev.weft.faults.Peer;
import dev.weft.faults.PollingSession;
import dev.weft.faults.RawConnection;
import dev.weft.faults.RawHttp;
import dev.weft.faults.Servers;
import dev.weft.server.Options;
import dev.weft.server.Weft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client that goes while another thread answers its poll leaves no entry and no timer, whoever is first. */
@Timeout(90)
@ExtendWith(LeakLedger.class)
class AbortedPollsTest {
    private static final int ROUNDS = 100;
    private static final int CLIENTS = 50;
    private static final int LONGEST_PAUSE_NANOS = 2_000_000;

    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private Weft server;

    private enum Abort {
        FIN,
        RESET
    }

    @BeforeEach
    void start() {
        Options options = Options.defaults()
                .pingInterval(Duration.ofSeconds(1))
                .pingTimeout(Duration.ofSeconds(1))
                .idleTimeout(Duration.ofMinutes(10));
        server = Servers.builder(options).engine("/engine", this::keep).start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void keep(Session session) {
        sessions.put(session.id(), session);
        while (session.receive() != null) {
            // the client has nothing to say
        }
    }

    @ParameterizedTest
    @EnumSource(Abort.class)
    void leaveNoTimer(Abort abort) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            abortMany(abort);
        }
        Servers.awaitEmpty(server);
        assertThat(server.stats().handlerFailures()).isZero();
    }

    /** Many at once: then threads meet at the locks of the server's clock, and overtake each other there. */
    private void abortMany(Abort abort) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> aborts = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                aborts.add(threads.submit(() -> abortWhileAnswered(threads, abort)));
            }
            for (Future<?> done : aborts) {
                done.get();
            }
        }
    }

    private @Nullable Void abortWhileAnswered(ExecutorService threads, Abort abort) throws Exception {
        PollingSession client = PollingSession.open(server.port(), "/engine/");
        Session session = session(PollingSession.sidOf(client.handshake()));
        try (RawConnection poll = RawConnection.open(server.port())) {
            poll.send(RawHttp.get(client.target("polling")));
            Future<Boolean> answered = threads.submit(() -> {
                pause();
                return session.send("news");
            });
            pause();
            if (abort == Abort.RESET) {
                poll.reset();
            } else {
                poll.halfClose();
            }
            answered.get();
        }
        return null;
    }

    private Session session(String id) {
        Await.until("the session's handler runs", Peer.PATIENCE, () -> sessions.containsKey(id));
        return Objects.requireNonNull(sessions.remove(id));
    }

    private static void pause() {
        LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(LONGEST_PAUSE_NANOS));
    }
}
