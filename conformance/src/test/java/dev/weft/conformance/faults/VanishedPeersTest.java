package dev.weft.conformance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.CloseCode;
import dev.weft.DisconnectReason;
import dev.weft.WebSocket;
import dev.weft.faults.Await;
import dev.weft.faults.FaultProxy;
import dev.weft.faults.LeakLedger;
import dev.weft.faults.Peer;
import dev.weft.faults.RawWebSocket;
import dev.weft.faults.Servers;
import dev.weft.server.Options;
import dev.weft.server.Weft;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Peers whose machine or network is gone: no FIN, no reset, nothing; and the server goes on sending to them. */
@Timeout(60)
@ExtendWith(LeakLedger.class)
class VanishedPeersTest {
    private static final Duration PING_INTERVAL = Duration.ofMillis(500);
    private static final Duration PING_TIMEOUT = Duration.ofMillis(1_000);
    private static final Duration LIMIT = PING_INTERVAL.plus(PING_TIMEOUT).plusSeconds(1);
    private static final long BETWEEN_BROADCASTS_NANOS = 20_000_000;

    private final BlockingQueue<Object> ended = new LinkedBlockingQueue<>();
    private Weft server;
    private FaultProxy proxy;
    private volatile boolean broadcasting = true;
    private Thread broadcaster;
    /** How late a thread that only wants to wake now and then did so at worst: what the machine is to blame for. */
    private volatile long lateness;

    @BeforeEach
    void start() throws IOException {
        server = Servers.builder(Options.defaults().pingInterval(PING_INTERVAL).pingTimeout(PING_TIMEOUT))
                .namespace(
                        "/",
                        namespace -> namespace.onConnect(socket -> {
                            socket.join("room");
                            socket.onDisconnect(ended::add);
                        }))
                .webSocket("/news", this::tellNews)
                .start();
        proxy = new FaultProxy(server.port());
        broadcaster = Thread.ofVirtual().name("broadcaster").start(this::broadcast);
    }

    @AfterEach
    void stop() throws Exception {
        broadcasting = false;
        broadcaster.join();
        proxy.close();
        Servers.awaitEmpty(server);
        server.close();
    }

    private void broadcast() {
        while (broadcasting) {
            server.to("room").emit("news", "something new");
            long before = System.nanoTime();
            LockSupport.parkNanos(BETWEEN_BROADCASTS_NANOS);
            lateness = Math.max(lateness, System.nanoTime() - before - BETWEEN_BROADCASTS_NANOS);
        }
    }

    private void tellNews(WebSocket webSocket) {
        Thread news = Thread.ofVirtual().name("news").start(() -> {
            while (webSocket.isOpen()) {
                webSocket.send("something new");
                LockSupport.parkNanos(BETWEEN_BROADCASTS_NANOS);
            }
        });
        while (webSocket.receive() != null) {
            // nothing is expected
        }
        CloseCode code = webSocket.closeCode();
        ended.add(code == null ? "none" : code);
        news.interrupt();
    }

    private Object awaitEnd(long since) throws InterruptedException {
        Object end = ended.poll(20, TimeUnit.SECONDS);
        Duration took = Duration.ofNanos(System.nanoTime() - since);
        assertThat(end).as("an end").isNotNull();
        Duration late = Duration.ofNanos(2 * lateness);
        System.out.println("a vanished peer was gone after " + took.toMillis() + " ms; allowed are " + LIMIT.toMillis()
                + " ms, and " + late.toMillis() + " ms for a machine that was late");
        assertThat(took).isLessThan(LIMIT.plus(late));
        return end;
    }

    @ParameterizedTest
    @EnumSource(Peer.Via.class)
    void areGoneInTimeAlthoughARoomBroadcastsToThem(Peer.Via via) throws Exception {
        try (Peer peer = via.connect(proxy.port())) {
            peer.next(packet -> packet.startsWith("42[\"news\""));
            long start = System.nanoTime();
            proxy.links().forEach(link -> link.blackhole());
            assertThat(awaitEnd(start)).isEqualTo(DisconnectReason.PING_TIMEOUT);
            peer.reset();
        }
    }

    /** The other way round: what the peer sends arrives, but no pong is among it. */
    @ParameterizedTest
    @EnumSource(Peer.Via.class)
    void whoSendsDataButNoPongIsGoneInTime(Peer.Via via) throws Exception {
        try (Peer peer = via.connect(proxy.port()).withoutPongs()) {
            long start = System.nanoTime();
            Thread talker = Thread.ofVirtual().name("talker").start(() -> talk(peer));
            assertThat(awaitEnd(start)).isEqualTo(DisconnectReason.PING_TIMEOUT);
            talker.join();
        }
    }

    private void talk(Peer peer) {
        try {
            while (ended.isEmpty()) {
                peer.send("42[\"n\"]");
                LockSupport.parkNanos(BETWEEN_BROADCASTS_NANOS);
            }
        } catch (IOException e) {
            // the server has ended the connection
        }
    }

    @Test
    void areGoneInTimeOnARawWebSocketThatIsToldNews() throws Exception {
        try (RawWebSocket client = RawWebSocket.open(proxy.port(), "/news")) {
            client.text();
            long start = System.nanoTime();
            proxy.next().blackhole();
            assertThat(awaitEnd(start)).isEqualTo(CloseCode.ABNORMAL);
        }
    }

    /** A network that is away for less than the timeout costs nobody anything. */
    @Test
    void whoComesBackInTimeStays() throws Exception {
        try (Peer peer = Peer.Via.WEBSOCKET.connect(proxy.port())) {
            proxy.links().forEach(link -> {
                link.toServer().stall();
                link.toClient().stall();
            });
            LockSupport.parkNanos(PING_INTERVAL.toNanos());
            proxy.links().forEach(link -> {
                link.toServer().heal();
                link.toClient().heal();
            });
            long pings = proxy.links().iterator().next().toServer().passed();
            Await.until(
                    "pongs that pass again",
                    Peer.PATIENCE,
                    () -> proxy.links().iterator().next().toServer().passed() > pings);
            peer.next(packet -> packet.startsWith("42[\"news\""));
            assertThat(ended).isEmpty();
        }
    }
}
