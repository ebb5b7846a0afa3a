package dev.weft.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Session;
import dev.weft.faults.Await;
import dev.weft.faults.LeakLedger;
import dev.weft.faults.Peer;
import dev.weft.faults.PollingSession;
import dev.weft.faults.RawWebSocket;
import dev.weft.faults.Servers;
import dev.weft.server.Options;
import dev.weft.server.Weft;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stop waits for what the application does, and for nothing that a client leaves undone. */
@Timeout(60)
@ExtendWith(LeakLedger.class)
class StoppingTest {
    private static final Duration VERY_LONG = Duration.ofSeconds(40);
    private static final Duration SOON = Duration.ofSeconds(8);
    private static final Duration TIDYING = Duration.ofMillis(300);

    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicBoolean working = new AtomicBoolean();
    private final AtomicBoolean handled = new AtomicBoolean();
    private Weft server;

    @BeforeEach
    void start() {
        Options options = Options.defaults()
                .upgradeTimeout(VERY_LONG)
                .shutdownTimeout(VERY_LONG)
                .closeTimeout(Duration.ofMillis(500));
        server = Servers.builder(options)
                .engine("/echo", StoppingTest::echo)
                .engine("/tidy", this::tidyUp)
                .engine("/busy", this::work)
                .start();
    }

    @AfterEach
    void stop() {
        release.countDown();
        server.close();
        assertThat(server.stats().connections()).isZero();
        assertThat(server.stats().sessions()).isZero();
        assertThat(server.stats().unexpectedFailures()).isZero();
        assertThat(server.stats().handlerFailures()).isZero();
    }

    private static void echo(Session session) {
        for (var message = session.receive(); message != null; message = session.receive()) {
            session.send(message);
        }
    }

    /** Goes on when the client has long gone. */
    private void tidyUp(Session session) throws InterruptedException {
        while (session.receive() != null) {
            session.close();
        }
        Await.until("no connection", Peer.PATIENCE, () -> server.stats().connections() == 0);
        assertThat(release.await(TIDYING.toMillis(), TimeUnit.MILLISECONDS)).isFalse();
        handled.set(true);
    }

    private void work(Session unused) throws InterruptedException {
        working.set(true);
        assertThat(release.await(VERY_LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        handled.set(true);
    }

    private static RawWebSocket probe(PollingSession session, boolean answered) throws IOException {
        RawWebSocket webSocket = session.webSocket();
        if (answered) {
            webSocket.send("2probe");
            assertThat(webSocket.text()).isEqualTo("3probe");
        }
        return webSocket;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void doesNotWaitForAnUpgradeThatItsClientLeavesUnfinished(boolean answered) throws IOException {
        PollingSession session = PollingSession.open(server.port(), "/echo/");
        try (RawWebSocket silent = probe(session, answered)) {
            long start = System.nanoTime();
            server.close();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
            silent.expectClose(1000);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void closesTheProbingWebSocketOfASessionThatItsClientCloses(boolean answered) throws IOException {
        PollingSession session = PollingSession.open(server.port(), "/echo/");
        try (RawWebSocket probing = probe(session, answered)) {
            long start = System.nanoTime();
            assertThat(session.post("1").status()).isEqualTo(200);
            probing.expectClose(1000);
            Servers.awaitEmpty(server);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
        }
    }

    @Test
    void closesTheProbingWebSocketOfASessionThatBreaksTheProtocol() throws IOException {
        PollingSession session = PollingSession.open(server.port(), "/echo/");
        try (RawWebSocket probing = probe(session, true)) {
            assertThat(session.post("no packet").status()).isEqualTo(400);
            probing.expectClose(1000);
            Servers.awaitEmpty(server);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void closesAProbingWebSocketWhoseClientSaysNothingMore(boolean answered) throws IOException {
        PollingSession session = PollingSession.open(server.port(), "/echo/");
        try (RawWebSocket probing = probe(session, answered)) {
            assertThat(session.post("1").status()).isEqualTo(200);
            Servers.awaitEmpty(server);
            assertThat(probing.next().closeCode()).isEqualTo(1000);
        }
    }

    @Test
    void waitsForARawEngineHandlerThatTidiesUp() throws IOException {
        try (RawWebSocket client = RawWebSocket.open(server.port(), "/tidy/?EIO=4&transport=websocket")) {
            assertThat(client.text()).startsWith("0{");
            server.close();
            assertThat(handled).isTrue();
        }
    }

    @Test
    void waitsForARawEngineHandlerOfAPollingSession() throws IOException {
        PollingSession.open(server.port(), "/tidy/");
        server.close();
        assertThat(handled).isTrue();
    }

    @Test
    void everyCloseReturnsWhenTheServerHasStoppedAndNotBefore() throws Exception {
        PollingSession.open(server.port(), "/busy/");
        Await.until("the handler works", Peer.PATIENCE, working::get);
        Thread first = Thread.ofPlatform().start(server::close);
        Await.until(
                "the first close has begun", Peer.PATIENCE, () -> server.stats().sessions() == 0);
        Thread second = Thread.ofPlatform().start(server::close);
        Await.until("the second close waits, or returns", Peer.PATIENCE, () -> isOver(second) || isWaiting(second));
        assertThat(isWaiting(second)).isTrue();
        assertThat(first.isAlive()).isTrue();
        release.countDown();
        assertThat(second.join(Peer.PATIENCE)).isTrue();
        assertThat(handled).isTrue();
        assertThat(first.join(Peer.PATIENCE)).isTrue();
    }

    private static boolean isWaiting(Thread thread) {
        return thread.getState() == Thread.State.WAITING;
    }

    private static boolean isOver(Thread thread) {
        return thread.getState() == Thread.State.TERMINATED;
    }
}
