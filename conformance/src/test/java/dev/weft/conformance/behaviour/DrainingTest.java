package dev.weft.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Namespace;
import dev.weft.faults.Await;
import dev.weft.faults.Frame;
import dev.weft.faults.Peer;
import dev.weft.faults.PollingSession;
import dev.weft.faults.RawHttp;
import dev.weft.faults.RawWebSocket;
import dev.weft.faults.Servers;
import dev.weft.server.Options;
import dev.weft.server.Weft;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What clients and load balancers see of a server that stops. */
@Timeout(60)
class DrainingTest {
    private static final String TARGET = "/socket.io/?EIO=4&transport=websocket";
    private static final Duration LONG = Duration.ofSeconds(30);

    private final CountDownLatch working = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private Weft server;
    private Thread closing;

    @BeforeEach
    void start() {
        server = Servers.builder(Options.defaults().shutdownTimeout(LONG).closeTimeout(Duration.ofMillis(500)))
                .namespace("/", this::handlers)
                .webSocket("/raw", webSocket -> {
                    while (webSocket.receive() != null) {
                        assertThat(webSocket.isOpen()).isTrue();
                    }
                })
                .start();
    }

    private void handlers(Namespace namespace) {
        namespace.onConnect(socket -> {
            socket.on("work", event -> {
                working.countDown();
                assertThat(release.await(LONG.toSeconds(), java.util.concurrent.TimeUnit.SECONDS))
                        .isTrue();
                event.reply("done");
            });
        });
    }

    @AfterEach
    void stop() throws InterruptedException {
        release.countDown();
        server.close();
        if (closing != null) {
            assertThat(closing.join(LONG)).isTrue();
        }
        assertThat(server.stats().unexpectedFailures()).isZero();
        assertThat(server.stats().handlerFailures()).isZero();
    }

    private void beginToStop() {
        closing = Thread.ofPlatform().start(server::close);
        Await.until("not ready", Peer.PATIENCE, () -> status("/readyz") == 503);
    }

    private int status(String path) {
        try {
            return RawHttp.exchange(server.port(), RawHttp.get(path)).status();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void expectRefusal(String request) throws IOException {
        RawHttp.Response response = RawHttp.exchange(server.port(), request);
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.header("Connection")).isEqualTo("close");
        assertThat(response.header("Retry-After")).isEqualTo("1");
    }

    @Test
    void isReadyUntilItStops() {
        assertThat(status("/readyz")).isEqualTo(200);
        assertThat(status("/healthz")).isEqualTo(200);
    }

    @Test
    void answersHealthAndRefusesNewSessionsAndUpgradesWhileItDrains() throws Exception {
        PollingSession polling = PollingSession.open(server.port(), "/socket.io/");
        try (Peer client = Peer.Via.WEBSOCKET.connect(server.port())) {
            client.send("421[\"work\"]");
            working.await();
            polling.post("40");
            polling.post("422[\"work\"]"); // it is still here when others come
            beginToStop();
            assertThat(status("/healthz")).isEqualTo(200);
            expectRefusal(RawHttp.get("/socket.io/?EIO=4&transport=polling"));
            expectRefusal(RawWebSocket.handshake(TARGET));
            expectRefusal(RawWebSocket.handshake("/raw"));
            expectRefusal(RawWebSocket.handshake(polling.target("websocket")));
            assertThat(polling.poll().status()).as("an open session goes on").isEqualTo(200);
        }
    }

    @Test
    void acknowledgesWhatARunningHandlerHasDoneThenClosesWith1001() throws Exception {
        try (RawWebSocket client = RawWebSocket.open(server.port(), TARGET)) {
            client.text();
            client.send("40").text();
            client.send("421[\"work\"]");
            working.await();
            beginToStop();
            release.countDown();
            assertThat(client.text()).isEqualTo("431[\"done\"]");
            Frame close = client.next();
            assertThat(close.closeCode()).isEqualTo(1001);
            assertThat(close.closeReason()).isEqualTo("server shutting down");
        }
    }

    @Test
    void acknowledgesOverPollingWhicheverGetComesWhen() throws Exception {
        PollingSession client = PollingSession.open(server.port(), "/socket.io/");
        client.post("40");
        client.poll();
        client.post("421[\"work\"]");
        working.await();
        beginToStop();
        release.countDown();
        assertThat(client.poll().text()).isEqualTo("431[\"done\"]");
        assertThat(client.poll().text()).isEqualTo("1");
        assertThat(closing.join(LONG)).isTrue();
    }

    @Test
    void idleClientsAreToldAtOnceAndTheStopIsQuick() throws Exception {
        try (RawWebSocket client = RawWebSocket.open(server.port(), TARGET);
                RawWebSocket raw = RawWebSocket.open(server.port(), "/raw")) {
            client.text();
            long start = System.nanoTime();
            closing = Thread.ofPlatform().start(server::close);
            client.expectClose(1001);
            raw.expectClose(1001);
            assertThat(closing.join(LONG)).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONG.dividedBy(3));
        }
    }

    @Test
    void clientsStayForTheDrainDelay() throws Exception {
        Duration delay = Duration.ofMillis(400);
        try (Weft slow = Servers.start(
                        Options.defaults().drainDelay(delay).closeTimeout(Duration.ofMillis(500)), this::handlers);
                Peer client = Peer.Via.WEBSOCKET.connect(slow.port())) {
            long start = System.nanoTime();
            Thread stopping = Thread.ofPlatform().start(slow::close);
            Await.until("not ready", Peer.PATIENCE, () -> {
                try {
                    return RawHttp.exchange(slow.port(), RawHttp.get("/readyz")).status() == 503;
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            client.awaitEnd();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(delay);
            assertThat(stopping.join(LONG)).isTrue();
        }
    }

    @Test
    void endsAtTheDeadlineWhateverHandlersDo() throws Exception {
        Weft stuck = Servers.start(Options.defaults().shutdownTimeout(Duration.ofMillis(600)), this::handlers);
        try (Peer client = Peer.Via.WEBSOCKET.connect(stuck.port())) {
            client.send("421[\"work\"]");
            working.await();
            long start = System.nanoTime();
            stuck.close();
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofMillis(500), Duration.ofSeconds(5));
        } finally {
            release.countDown();
            stuck.close();
        }
    }
}
