package dev.weft.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Session;
import dev.weft.WebSocket;
import dev.weft.faults.Await;
import dev.weft.faults.Frame;
import dev.weft.faults.LeakLedger;
import dev.weft.faults.Peer;
import dev.weft.faults.PollingSession;
import dev.weft.faults.RawHttp;
import dev.weft.faults.RawWebSocket;
import dev.weft.faults.Servers;
import dev.weft.server.Options;
import dev.weft.server.Weft;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** New clients get in although those that are there never let a carrier rest. */
@Timeout(120)
@ExtendWith(LeakLedger.class)
class BusyCarriersTest {
    private static final int HOT_CLIENTS = 50;
    private static final int NEW_CLIENTS = 40;
    private static final int AT_A_TIME = 10;
    private static final int MESSAGE_BYTES = 100;
    private static final int BURST = 500;
    private static final Duration WARM = Duration.ofSeconds(3);
    private static final long LEAST_MESSAGES = 100_000;
    private static final Duration LONGEST_WAY_IN = Duration.ofSeconds(10);

    private final AtomicLong messages = new AtomicLong();
    private final List<RawWebSocket> hotClients = new ArrayList<>();
    private final List<Thread> hotThreads = new ArrayList<>();
    private Weft server;

    /** What keeps the carriers busy. */
    private enum Load {
        RAW_WEBSOCKETS("/raw", "x".repeat(MESSAGE_BYTES)),
        ENGINE_SESSIONS("/engine/?EIO=4&transport=websocket", "4" + "x".repeat(MESSAGE_BYTES)),
        SOCKETS("/socket.io/?EIO=4&transport=websocket", "42[\"hot\",\"" + "x".repeat(MESSAGE_BYTES) + "\"]");

        private final String target;
        private final String message;

        Load(String target, String message) {
            this.target = target;
            this.message = message;
        }

        RawWebSocket open(int port) throws IOException {
            RawWebSocket client = RawWebSocket.open(port, target);
            if (this == SOCKETS) {
                client.send("40");
            }
            return client;
        }

        byte[] burst() {
            byte[] frame = Frame.text(message).masked();
            ByteBuffer burst = ByteBuffer.allocate(frame.length * BURST);
            while (burst.hasRemaining()) {
                burst.put(frame);
            }
            return burst.array();
        }
    }

    @BeforeEach
    void start() {
        server = Servers.builder(Options.defaults().messageRate(0).byteRate(0))
                .webSocket("/raw", this::count)
                .engine("/engine", this::count)
                .namespace(
                        "/",
                        namespace ->
                                namespace.onConnect(socket -> socket.on("hot", event -> messages.incrementAndGet())))
                .start();
    }

    @AfterEach
    void stop() throws Exception {
        for (RawWebSocket client : hotClients) {
            client.raw().reset();
        }
        for (Thread thread : hotThreads) {
            assertThat(thread.join(Peer.PATIENCE)).isTrue();
        }
        Servers.awaitEmpty(server);
        server.close();
    }

    private void count(WebSocket webSocket) {
        while (webSocket.receive() != null) {
            messages.incrementAndGet();
        }
    }

    private void count(Session session) {
        while (session.receive() != null) {
            messages.incrementAndGet();
        }
    }

    @ParameterizedTest
    @EnumSource(Load.class)
    void everyNewClientGetsInSoon(Load load) throws Exception {
        heat(load);
        long before = messages.get();
        for (Duration wayIn : waysIn()) {
            assertThat(wayIn).isLessThan(LONGEST_WAY_IN);
        }
        assertThat(messages.get()).as("the load went on").isGreaterThan(before);
    }

    private void heat(Load load) throws IOException {
        for (int i = 0; i < HOT_CLIENTS; i++) {
            hotClients.add(load.open(server.port()));
        }
        for (RawWebSocket client : hotClients) {
            hotThreads.add(Thread.ofPlatform().name("hot-peer").start(() -> flood(client, load.burst())));
        }
        long start = System.nanoTime();
        Await.until(
                () -> "hot after " + messages.get() + " messages",
                WARM.multipliedBy(10),
                () -> System.nanoTime() - start > WARM.toNanos() && messages.get() > LEAST_MESSAGES);
    }

    /** Sends without a pause: whenever the server looks, there is something to read. */
    private static void flood(RawWebSocket client, byte[] burst) {
        try {
            while (true) {
                client.raw().send(burst);
            }
        } catch (IOException e) {
            // the end
        }
    }

    /** Lets clients in from platform threads: only the server's side has to wait for a carrier. */
    private List<Duration> waysIn() throws Exception {
        List<Duration> waysIn = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME)) {
            List<Future<Duration>> futures = new ArrayList<>();
            for (int i = 0; i < NEW_CLIENTS; i++) {
                boolean overPolling = i % 2 == 0;
                futures.add(threads.submit(() -> overPolling ? enterOverPolling() : enterOverWebSocket()));
            }
            for (Future<Duration> future : futures) {
                waysIn.add(future.get(60, TimeUnit.SECONDS));
            }
        }
        return waysIn;
    }

    private Duration enterOverWebSocket() throws IOException {
        long start = System.nanoTime();
        try (RawWebSocket client = RawWebSocket.open(server.port(), "/socket.io/?EIO=4&transport=websocket")) {
            assertThat(client.text()).startsWith("0{");
            assertThat(client.send("40").text()).startsWith("40{");
            return Duration.ofNanos(System.nanoTime() - start);
        }
    }

    private Duration enterOverPolling() throws IOException {
        long start = System.nanoTime();
        PollingSession session = PollingSession.open(server.port(), "/socket.io/");
        assertThat(session.post("40").status()).isEqualTo(200);
        RawHttp.Response response = session.poll();
        assertThat(response.text()).startsWith("40{");
        Duration wayIn = Duration.ofNanos(System.nanoTime() - start);
        assertThat(session.post("1").status()).isEqualTo(200);
        return wayIn;
    }
}
