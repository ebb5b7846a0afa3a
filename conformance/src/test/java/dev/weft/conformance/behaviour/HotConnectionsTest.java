package dev.weft.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Namespace;
import dev.weft.Socket;
import dev.weft.faults.Await;
import dev.weft.faults.Frame;
import dev.weft.faults.LeakLedger;
import dev.weft.faults.Peer;
import dev.weft.faults.PollingSession;
import dev.weft.faults.RawWebSocket;
import dev.weft.faults.Servers;
import dev.weft.server.Options;
import dev.weft.server.Weft;
import java.io.IOException;
import java.lang.Thread.UncaughtExceptionHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections that end in the middle of full traffic, when every loop has long been compiled. */
@Timeout(90)
@ExtendWith(LeakLedger.class)
class HotConnectionsTest {
    private static final int CONNECTIONS = 50;
    private static final int BURST = 20;
    private static final Duration WARM = Duration.ofSeconds(3);
    private static final long LEAST_EVENTS = 20_000;

    private final Queue<Throwable> uncaught = new ConcurrentLinkedQueue<>();
    private final AtomicLong answered = new AtomicLong();
    private UncaughtExceptionHandler before;

    @BeforeEach
    void watch() {
        before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> uncaught.add(failure));
    }

    @AfterEach
    void stopWatching() {
        Thread.setDefaultUncaughtExceptionHandler(before);
    }

    private enum End {
        FIN_OF_PEERS,
        RESET_OF_PEERS,
        SERVER_CUTS,
        SERVER_DISCONNECTS,
        SERVER_STOPS
    }

    @ParameterizedTest
    @EnumSource(End.class)
    void endAllAtOnceAndLeaveNothing(End end) throws Exception {
        List<RawWebSocket> clients = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        try (Weft server = Servers.start(Options.defaults().messageRate(0).byteRate(0), HotConnectionsTest::handlers)) {
            for (int i = 0; i < CONNECTIONS; i++) {
                clients.add(join(server.port()));
            }
            for (RawWebSocket client : clients) { // all are in: the peers, which never pause, would keep others waiting
                threads.add(Thread.ofVirtual().name("hot-peer").start(() -> talk(client)));
            }
            long start = System.nanoTime();
            Await.until(
                    () -> "hot after " + answered.get() + " answers",
                    WARM.multipliedBy(10),
                    () -> System.nanoTime() - start > WARM.toNanos() && answered.get() > LEAST_EVENTS);
            assertThat(server.stats().sockets()).isEqualTo(CONNECTIONS);
            happen(end, server, clients);
            Servers.awaitEmpty(server);
            assertThat(server.stats().handlerFailures()).isZero();
        }
        for (RawWebSocket client : clients) {
            client.close();
        }
        for (Thread thread : threads) {
            assertThat(thread.join(Peer.PATIENCE)).isTrue();
        }
        assertThat(uncaught).isEmpty();
    }

    private static void handlers(Namespace namespace) {
        namespace.onConnect(socket ->
                socket.on("echo", event -> event.reply(event.arguments().get(0))));
    }

    private static void happen(End end, Weft server, List<RawWebSocket> clients) throws IOException {
        switch (end) {
            case FIN_OF_PEERS -> {
                for (RawWebSocket client : clients) {
                    client.close();
                }
            }
            case RESET_OF_PEERS -> {
                for (RawWebSocket client : clients) {
                    client.raw().reset();
                }
            }
            case SERVER_CUTS ->
                server.namespace("/")
                        .sockets()
                        .forEach(socket -> socket.connection().close());
            case SERVER_DISCONNECTS -> server.namespace("/").sockets().forEach(Socket::disconnectAll);
            case SERVER_STOPS -> server.close();
        }
    }

    private static RawWebSocket join(int port) throws IOException {
        RawWebSocket client = RawWebSocket.open(port, "/socket.io/?EIO=4&transport=websocket");
        assertThat(PollingSession.sidOf(client.text())).isNotEmpty();
        client.send("40");
        assertThat(client.text()).startsWith("40{");
        return client;
    }

    /** Sends bursts of events and reads their acknowledgements until the connection ends. */
    private void talk(RawWebSocket client) {
        Frame[] burst = new Frame[BURST];
        Arrays.setAll(burst, i -> Frame.text("42" + i + "[\"echo\",\"hot\"]"));
        try (client) {
            while (true) {
                client.send(burst);
                for (int i = 0; i < BURST; i++) {
                    assertThat(client.text()).startsWith("4");
                    answered.incrementAndGet();
                }
            }
        } catch (IOException | AssertionError e) {
            // the end
        }
    }
}
