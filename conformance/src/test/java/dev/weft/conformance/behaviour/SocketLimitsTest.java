package dev.weft.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Socket;
import dev.weft.WeftException;
import dev.weft.faults.Await;
import dev.weft.faults.LeakLedger;
import dev.weft.faults.Peer;
import dev.weft.faults.Servers;
import dev.weft.server.Options;
import dev.weft.server.Stats;
import dev.weft.server.Weft;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How many namespaces and rooms a client may fill. */
@Timeout(300)
@ExtendWith(LeakLedger.class)
class SocketLimitsTest {
    private static final int NAMES = Boolean.getBoolean("weft.long") ? 1_000_000 : 100_000;
    private static final int AT_ONCE = 500;
    private static final String LONG_NAME = "n".repeat(200);
    /** Were each of the names kept, they would take twenty times as much at least. */
    private static final long MOST_HEAP = 1_000_000;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    private Weft server;

    @BeforeEach
    void start() {
        server = Servers.builder(Options.defaults()
                        .connectTimeout(CONNECT_TIMEOUT)
                        .maxNamespacesPerClient(2)
                        .maxRoomsPerSocket(3))
                .namespace("/", namespace -> namespace.onConnect(SocketLimitsTest::handlers))
                .namespace("/a", namespace -> {})
                .namespace("/b", namespace -> {})
                .start();
    }

    @AfterEach
    void stop() {
        Servers.awaitEmpty(server);
        server.close();
    }

    private static void handlers(Socket socket) {
        socket.on("join", String.class, room -> {
            try {
                socket.join(room);
                socket.emit("rooms", socket.rooms().size());
            } catch (WeftException e) {
                socket.emit("refused", String.valueOf(e.getMessage()));
            }
        });
        socket.on("leave", String.class, socket::leave);
    }

    @Test
    void anyNumberOfUnknownNamespacesIsRefusedAndLeavesNothing() throws IOException {
        try (Peer peer = Peer.Via.WEBSOCKET.connect(server.port())) {
            ask(peer, 0, 10 * AT_ONCE);
            long heap = heap();
            Stats before = server.stats();
            ask(peer, 10 * AT_ONCE, NAMES);
            long more = heap() - heap;
            System.out.printf("%,d unknown namespaces: %,d bytes of heap more%n", NAMES, more);
            assertThat(more).as("bytes of heap").isLessThan(MOST_HEAP);
            assertThat(server.stats().sockets()).isEqualTo(1);
            assertThat(server.stats().timers()).isLessThanOrEqualTo(before.timers() + 1);
            peer.send("40/a,");
            assertThat(peer.next()).startsWith("40/a,{");
        }
    }

    private static void ask(Peer peer, int from, int count) throws IOException {
        for (int at = from; at < from + count; at += AT_ONCE) {
            String[] packets = new String[AT_ONCE];
            for (int i = 0; i < AT_ONCE; i++) {
                packets[i] = "40/" + LONG_NAME + (at + i) + ",";
            }
            peer.send(packets);
            for (int i = 0; i < AT_ONCE; i++) {
                assertThat(peer.next())
                        .isEqualTo("44/" + LONG_NAME + (at + i) + ",{\"message\":\"Invalid namespace\"}");
            }
        }
    }

    /** Returns the least of a few looks at the heap, each after a collection of garbage. */
    private static long heap() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(
                    least,
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return least;
    }

    @ParameterizedTest
    @EnumSource(Peer.Via.class)
    void aClientThatOnlyAsksForUnknownNamespacesEndsAtTheConnectTimeout(Peer.Via via) throws IOException {
        try (Peer peer = via.open(server.port())) {
            long start = System.nanoTime();
            peer.send("40/x,", "40/y,");
            assertThat(peer.next()).startsWith("44/x,");
            assertThat(peer.next()).startsWith("44/y,");
            peer.awaitEnd();
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(CONNECT_TIMEOUT.dividedBy(2), CONNECT_TIMEOUT.multipliedBy(4));
        }
    }

    @ParameterizedTest
    @EnumSource(Peer.Via.class)
    void aClientIsRefusedOneNamespaceTooManyAndKeepsTheOthers(Peer.Via via) throws IOException {
        try (Peer peer = via.connect(server.port())) {
            peer.send("40/a,");
            assertThat(peer.next()).startsWith("40/a,{");
            peer.send("40/b,");
            assertThat(peer.next()).isEqualTo("44/b,{\"message\":\"too many namespaces\"}");
            assertThat(server.stats().sockets()).isEqualTo(2);
            peer.send("42[\"join\",\"one\"]");
            assertThat(peer.next()).isEqualTo("42[\"rooms\",2]");
            peer.send("41/a,", "40/b,");
            assertThat(peer.next()).startsWith("40/b,{");
        }
    }

    /** The room that carries its own id is one of them. */
    @Test
    void aSocketIsRefusedOneRoomTooManyAndKeepsTheOthers() throws IOException {
        try (Peer peer = Peer.Via.WEBSOCKET.connect(server.port())) {
            peer.send("42[\"join\",\"one\"]", "42[\"join\",\"two\"]", "42[\"join\",\"three\"]");
            assertThat(peer.next()).isEqualTo("42[\"rooms\",2]");
            assertThat(peer.next()).isEqualTo("42[\"rooms\",3]");
            assertThat(peer.next()).startsWith("42[\"refused\",").contains("maxRoomsPerSocket");
            peer.send("42[\"join\",\"two\"]", "42[\"leave\",\"one\"]", "42[\"join\",\"three\"]");
            assertThat(peer.next()).isEqualTo("42[\"rooms\",3]");
            assertThat(peer.next()).isEqualTo("42[\"rooms\",3]");
        }
        Await.until("no socket left", CONNECT_TIMEOUT, () -> server.stats().sockets() == 0);
    }
}
