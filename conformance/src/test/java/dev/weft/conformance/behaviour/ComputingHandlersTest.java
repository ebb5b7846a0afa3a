package dev.weft.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.CpuPool;
import dev.weft.Namespace;
import dev.weft.faults.Await;
import dev.weft.faults.Peer;
import dev.weft.faults.Servers;
import dev.weft.server.Options;
import dev.weft.server.Weft;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Handlers that compute: nobody loses a connection, the log says whose fault it is, and a pool for them helps. */
@Timeout(90)
class ComputingHandlersTest {
    private static final int SPINNERS = Runtime.getRuntime().availableProcessors() * 2;
    private static final Duration SPIN = Duration.ofSeconds(2);
    private static final int BYSTANDERS = 10;
    private static final Duration SHORT = Duration.ofMillis(300);

    private final List<Peer> peers = new ArrayList<>();
    private final AtomicInteger spinning = new AtomicInteger();
    private final AtomicInteger spun = new AtomicInteger();
    private final LogCapture log = new LogCapture();
    private Weft server;

    @BeforeEach
    void start() {
        Options options = Options.defaults()
                .pingInterval(SHORT)
                .pingTimeout(SHORT)
                .writeTimeout(Duration.ofSeconds(1))
                .handshakeTimeout(Duration.ofSeconds(1));
        server = Servers.start(options, this::configure);
    }

    @AfterEach
    void stop() throws IOException {
        log.close();
        for (Peer peer : peers) {
            peer.close();
        }
        Servers.awaitEmpty(server);
        server.close();
    }

    private void configure(Namespace namespace) {
        namespace.onConnect(socket -> {
            socket.on("spin", event -> spin());
            socket.on(
                    "pool",
                    event -> CpuPool.shared().call(() -> {
                        spin();
                        return null;
                    }));
            socket.on("echo", event -> event.reply("here"));
        });
    }

    private void spin() {
        spinning.incrementAndGet();
        for (long end = System.nanoTime() + SPIN.toNanos(); System.nanoTime() < end; ) {
            Thread.onSpinWait();
        }
        spun.incrementAndGet();
    }

    private Peer connect() throws IOException {
        Peer peer = Peer.Via.WEBSOCKET.connect(server.port());
        peers.add(peer);
        return peer;
    }

    private void send(String event) throws IOException {
        List<Peer> senders = new ArrayList<>();
        for (int i = 0; i < SPINNERS; i++) {
            senders.add(connect());
        }
        for (Peer peer : senders) {
            peer.send("42[\"" + event + "\"]");
        }
        Await.until("a handler computes", Peer.PATIENCE, () -> spinning.get() > 0);
    }

    @Test
    void nobodyIsTakenForDeadAndTheLogNamesWhoComputes() throws IOException {
        List<Peer> bystanders = new ArrayList<>();
        for (int i = 0; i < BYSTANDERS; i++) {
            bystanders.add(connect());
        }
        send("spin");
        Await.until("all have computed", Duration.ofSeconds(60), () -> spun.get() == SPINNERS);
        for (Peer peer : bystanders) {
            peer.send("421[\"echo\"]");
            assertThat(peer.next()).isEqualTo("431[\"here\"]");
        }
        assertThat(peers).noneMatch(Peer::hasEnded);
        Await.until(
                () -> "a line that names the handler: " + log.lines(),
                Duration.ofSeconds(5),
                () -> log.lines().stream()
                        .anyMatch(line -> line.contains("has been computing for")
                                && line.contains("event \"spin\" of namespace /")
                                && line.contains("ComputingHandlersTest.spin (ComputingHandlersTest.java:")
                                && line.contains("dev.weft.CpuPool")));
    }

    @Test
    void aPoolForThemKeepsTheOthersQuick() throws IOException {
        Peer bystander = connect();
        send("pool");
        List<Duration> answers = new ArrayList<>();
        while (spun.get() == 0) {
            long start = System.nanoTime();
            bystander.send("421[\"echo\"]");
            assertThat(bystander.next()).isEqualTo("431[\"here\"]");
            answers.add(Duration.ofNanos(System.nanoTime() - start));
        }
        Collections.sort(answers);
        assertThat(answers).hasSizeGreaterThan(10);
        assertThat(answers.get(answers.size() / 2)).isLessThan(Duration.ofMillis(250));
        assertThat(log.lines()).noneMatch(line -> line.contains("has been computing"));
        Await.until("all have computed", Duration.ofSeconds(60), () -> spun.get() == SPINNERS);
    }
}
