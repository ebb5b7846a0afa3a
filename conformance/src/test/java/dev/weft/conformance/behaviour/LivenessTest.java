package dev.weft.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.DisconnectReason;
import dev.weft.Namespace;
import dev.weft.Socket;
import dev.weft.WeftException;
import dev.weft.faults.Await;
import dev.weft.faults.LeakLedger;
import dev.weft.faults.Peer;
import dev.weft.faults.PollingPeer;
import dev.weft.faults.RawWebSocket;
import dev.weft.faults.Servers;
import dev.weft.server.Options;
import dev.weft.server.Weft;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What proves that a client lives: its pong, and nothing else; what does not end a connection: slow or interrupted handlers. */
@Timeout(60)
@ExtendWith(LeakLedger.class)
class LivenessTest {
    private static final Duration PING_INTERVAL = Duration.ofMillis(300);
    private static final Duration PING_TIMEOUT = Duration.ofMillis(1_200);
    private static final Duration LONGER_THAN_BOTH = Duration.ofSeconds(3);
    private static final Duration MAX_STALL = Duration.ofSeconds(5);
    private static final Duration SLACK = Duration.ofSeconds(4);

    private final BlockingQueue<DisconnectReason> ended = new LinkedBlockingQueue<>();
    private final CountDownLatch never = new CountDownLatch(1);
    private final AtomicReference<Thread> handlerThread = new AtomicReference<>();
    private final ReentrantLock interrupting = new ReentrantLock();
    private Weft server;

    @BeforeEach
    void start() {
        Options options = Options.defaults()
                .messageRate(0) // a client that is held back has more time
                .byteRate(0)
                .pingInterval(PING_INTERVAL)
                .pingTimeout(PING_TIMEOUT)
                .maxHandlerStall(MAX_STALL);
        server = Servers.start(options, this::handlers);
    }

    @AfterEach
    void stop() {
        Servers.awaitEmpty(server);
        server.close();
    }

    private void handlers(Namespace namespace) {
        namespace.onConnect(socket -> {
            socket.onDisconnect(ended::add);
            socket.on("n", event -> {});
            socket.on("echo", event -> event.reply(event.arguments().get(0)));
            socket.on(
                    "block",
                    event -> event.reply(
                            never.await(LONGER_THAN_BOTH.toMillis(), TimeUnit.MILLISECONDS) ? "released" : "blocked"));
            socket.on("interrupt-self", event -> {
                Thread.currentThread().interrupt();
                event.reply("interrupted");
            });
            socket.on("interrupt-self-and-flood", event -> interruptedFlood(socket));
            socket.on("wait-for-interrupt", event -> awaitInterrupt());
            socket.on("ask-and-be-interrupted", event -> {
                handlerThread.set(Thread.currentThread());
                socket.emitWithAck("ask");
            });
            socket.on("compute", event -> compute());
            socket.on("ask-often", event -> askOften(socket));
        });
    }

    private void askOften(Socket socket) {
        handlerThread.set(Thread.currentThread());
        String payload = "f".repeat(32 * 1024);
        for (int i = 0; i < 200; i++) {
            try {
                socket.timeout(Duration.ofMillis(2)).emitWithAck("f", payload);
            } catch (WeftException e) {
                Thread.interrupted(); // nobody answers, and somebody interrupts
            }
        }
        interrupting.lock();
        handlerThread.set(null);
        interrupting.unlock();
    }

    private static void interruptedFlood(Socket socket) {
        Thread.currentThread().interrupt();
        String payload = "f".repeat(64 * 1024);
        for (int i = 0; i < 200; i++) {
            socket.emit("f", payload);
        }
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    private void awaitInterrupt() throws InterruptedException {
        handlerThread.set(Thread.currentThread());
        never.await();
    }

    private DisconnectReason reason() throws InterruptedException {
        DisconnectReason reason = ended.poll(Peer.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(reason).as("a reason").isNotNull();
        return reason;
    }

    @ParameterizedTest
    @EnumSource(Peer.Via.class)
    void aBlockingHandlerDoesNotCostItsClientTheConnection(Peer.Via via) throws Exception {
        try (Peer peer = via.connect(server.port())) {
            peer.send("421[\"block\"]", "422[\"echo\",\"after\"]");
            assertThat(peer.next()).isEqualTo("431[\"blocked\"]");
            assertThat(peer.next()).isEqualTo("432[\"after\"]");
            peer.send("423[\"echo\",\"later\"]");
            assertThat(peer.next()).isEqualTo("433[\"later\"]");
            assertThat(ended).isEmpty();
        }
        assertThat(reason()).isIn(DisconnectReason.TRANSPORT_CLOSE, DisconnectReason.TRANSPORT_ERROR);
    }

    /** Virtual threads are not time-sliced: nobody can be read meanwhile, nobody is to blame. */
    @ParameterizedTest
    @EnumSource(Peer.Via.class)
    void handlersThatComputeForLongCostNobodyTheConnection(Peer.Via via) throws Exception {
        int carriers = Integer.getInteger(
                "jdk.virtualThreadScheduler.parallelism", Runtime.getRuntime().availableProcessors());
        List<Peer> busy = new ArrayList<>();
        try (Peer other = via.connect(server.port())) {
            for (int i = 0; i < carriers; i++) {
                busy.add(Peer.Via.WEBSOCKET.connect(server.port()));
            }
            for (Peer peer : busy) {
                peer.send("421[\"compute\"]");
            }
            for (Peer peer : busy) {
                assertThat(peer.next()).isEqualTo("431[]");
            }
            other.send("421[\"echo\",\"still here\"]");
            assertThat(other.next()).isEqualTo("431[\"still here\"]");
            assertThat(ended).isEmpty();
        } finally {
            for (Peer peer : busy) {
                peer.close();
            }
        }
    }

    private static void compute() {
        long end = System.nanoTime() + LONGER_THAN_BOTH.toNanos();
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    @ParameterizedTest
    @EnumSource(Peer.Via.class)
    void onlyAPongProvesLife(Peer.Via via) throws Exception {
        try (Peer peer = via.connect(server.port()).withoutPongs()) {
            Duration took = keepBusyUntilTheEnd(peer, 1, 5_000_000);
            assertThat(reason()).isEqualTo(DisconnectReason.PING_TIMEOUT);
            assertThat(took)
                    .isBetween(PING_TIMEOUT, PING_INTERVAL.plus(PING_TIMEOUT).plus(SLACK));
        }
    }

    /** While there is always something unread, that may be the pong; but not for longer than a handler may stall. */
    @Test
    void aFloodIsNoPong() throws Exception {
        try (Peer peer = Peer.Via.WEBSOCKET.connect(server.port()).withoutPongs()) {
            Duration took = keepBusyUntilTheEnd(peer, 2_000, 0);
            assertThat(reason()).isEqualTo(DisconnectReason.PING_TIMEOUT);
            assertThat(took)
                    .isLessThan(PING_INTERVAL
                            .plus(PING_TIMEOUT.multipliedBy(2))
                            .plus(MAX_STALL)
                            .plus(SLACK));
        }
    }

    /** The client sends and gets data all the time. */
    private Duration keepBusyUntilTheEnd(Peer peer, int events, long pauseNanos) {
        String[] packets = Collections.nCopies(events, "42[\"n\"]").toArray(String[]::new);
        long start = System.nanoTime();
        Duration limit = Duration.ofSeconds(20);
        while (ended.isEmpty() && System.nanoTime() - start < limit.toNanos()) {
            server.namespace("/").emit("news");
            try {
                peer.send(packets);
            } catch (IOException e) {
                break; // the server has ended the connection
            }
            LockSupport.parkNanos(pauseNanos);
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Neither FIN nor RST ever comes from a peer whose machine is gone; nor do pongs. */
    @Test
    void aHalfOpenConnectionEnds() throws Exception {
        try (PollingPeer polling = PollingPeer.idle(server.port())) {
            polling.send("40");
            assertThat(reason()).isEqualTo(DisconnectReason.PING_TIMEOUT);
        }
        try (Peer webSocket = Peer.Via.WEBSOCKET.connect(server.port()).withoutPongs()) {
            assertThat(reason()).isEqualTo(DisconnectReason.PING_TIMEOUT);
            webSocket.awaitEnd();
        }
    }

    @ParameterizedTest
    @EnumSource(Peer.Via.class)
    void anInterruptThatAHandlerLeavesBehindGoesNoFurther(Peer.Via via) throws Exception {
        try (Peer peer = via.connect(server.port())) {
            for (int i = 0; i < 20; i++) {
                peer.send("42" + i + "[\"interrupt-self\"]");
                assertThat(peer.next()).isEqualTo("43" + i + "[\"interrupted\"]");
            }
            assertThat(ended).isEmpty();
        }
        reason();
    }

    @ParameterizedTest
    @EnumSource(Peer.Via.class)
    void anInterruptedHandlerMayStillEmitMoreThanTheClientTakesAtOnce(Peer.Via via) throws Exception {
        try (Peer peer = via.connect(server.port())) {
            peer.send("421[\"interrupt-self-and-flood\"]", "422[\"echo\",\"after\"]");
            for (int i = 0; i < 200; i++) {
                assertThat(peer.next()).startsWith("42[\"f\",");
            }
            assertThat(peer.next()).isEqualTo("431[]");
            assertThat(peer.next()).isEqualTo("432[\"after\"]");
            assertThat(ended).isEmpty();
        }
        reason();
    }

    @ParameterizedTest
    @EnumSource(Peer.Via.class)
    void anInterruptFromAnotherThreadFailsTheHandlerAndNothingElse(Peer.Via via) throws Exception {
        try (Peer peer = via.connect(server.port())) {
            for (String event : new String[] {"wait-for-interrupt", "ask-and-be-interrupted"}) {
                handlerThread.set(null);
                peer.send("421[\"" + event + "\"]", "422[\"echo\",\"after\"]");
                Await.until("the handler runs", Peer.PATIENCE, () -> handlerThread.get() != null);
                handlerThread.get().interrupt();
                assertThat(peer.next(packet -> packet.startsWith("43"))).contains("\"INTERNAL\"");
                assertThat(peer.next()).isEqualTo("432[\"after\"]");
            }
            assertThat(ended).isEmpty();
        }
        reason();
        assertThat(server.stats().handlerFailures()).isEqualTo(2);
    }

    @Test
    void interruptsWhileAHandlerWaitsForAClientThatDoesNotReadHarmNobody() throws Exception {
        try (Weft patient = Servers.start(Options.defaults(), this::handlers);
                RawWebSocket client = RawWebSocket.open(patient.port(), "/socket.io/?EIO=4&transport=websocket")) {
            client.text();
            client.send("40").text();
            client.send("421[\"ask-often\"]");
            Await.until("the handler runs", Peer.PATIENCE, () -> handlerThread.get() != null);
            Thread interrupter = Thread.ofVirtual().start(this::interruptOften);
            Socket socket = patient.namespace("/").sockets().iterator().next();
            Await.until(
                    "the handler is held back",
                    Peer.PATIENCE,
                    () -> socket.connection().queuedBytes() >= 64 * 1024);
            String last = client.text();
            for (; last.startsWith("42"); last = client.text()) {
                assertThat(last).contains("[\"f\",\"fff"); // whole, though its sender was interrupted
            }
            assertThat(last).isEqualTo("431[]");
            interrupter.join();
            assertThat(ended).isEmpty();
        }
        reason();
    }

    /** Interrupts the handler as long as it runs. */
    private void interruptOften() {
        while (true) {
            interrupting.lock();
            try {
                Thread thread = handlerThread.get();
                if (thread == null) {
                    return;
                }
                thread.interrupt();
            } finally {
                interrupting.unlock();
            }
            LockSupport.parkNanos(500_000);
        }
    }
}
