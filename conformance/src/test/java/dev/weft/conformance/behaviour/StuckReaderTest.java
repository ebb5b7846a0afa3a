package dev.weft.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.DisconnectReason;
import dev.weft.Namespace;
import dev.weft.faults.Await;
import dev.weft.faults.LeakLedger;
import dev.weft.faults.Peer;
import dev.weft.faults.PollingSession;
import dev.weft.faults.RawConnection;
import dev.weft.faults.RawWebSocket;
import dev.weft.faults.Servers;
import dev.weft.faults.Vitals;
import dev.weft.server.Options;
import dev.weft.server.Weft;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** One client of a room stops reading: nobody else notices. */
@Timeout(120)
@ExtendWith(LeakLedger.class)
class StuckReaderTest {
    private static final int OTHERS = 199;
    private static final int ROUNDS = 20;
    private static final int SMALL_BUFFER = 4096;
    private static final int MORE_THAN_A_CLIENT_FETCHES = 10_000;
    private static final String FILLER = "f".repeat(64 * 1024);
    private static final int MORE_THAN_LOOPBACK_HOLDS = 8 * 1024 * 1024 / FILLER.length();
    private static final Duration WRITE_TIMEOUT = Duration.ofSeconds(4);
    private static final Duration SLACK = Duration.ofSeconds(4);

    /** Half of what a round would take if it waited for the stuck client. */
    private static final Duration ON_TIME = WRITE_TIMEOUT.dividedBy(2);

    private final Map<String, DisconnectReason> ended = new ConcurrentHashMap<>();

    private void room(Namespace namespace) {
        namespace.onConnect(socket -> {
            socket.join("room");
            socket.onDisconnect(reason -> ended.put(socket.id(), reason));
        });
    }

    @Test
    void othersAreServedOnTimeWhileTheWatchdogEndsTheStuckOne() throws IOException {
        Options options = Options.defaults().writeTimeout(WRITE_TIMEOUT).maxQueuedBytes(64 * 1024 * 1024);
        try (Weft server = Servers.start(options, this::room)) {
            cycle(server); // what is made once, on first use, is no leak
            Vitals before = Vitals.now();
            cycle(server);
            before.awaitNoMoreThanThis();
        }
    }

    private void cycle(Weft server) throws IOException {
        ended.clear();
        List<Peer> others = new ArrayList<>();
        try (Stuck stuck = Stuck.join(server.port())) {
            for (int i = 0; i < OTHERS; i++) {
                others.add(Peer.Via.WEBSOCKET.connect(server.port()));
            }
            long start = System.nanoTime();
            String id = stuck.id();
            Duration longest = longestEmit(
                    MORE_THAN_LOOPBACK_HOLDS, () -> server.namespace("/").to(id).emit("fill", FILLER));
            for (int round = 0; round < ROUNDS; round++) {
                Duration emit =
                        longestEmit(1, () -> server.namespace("/").to("room").emit("news", "n"));
                longest = longest.compareTo(emit) > 0 ? longest : emit;
                awaitNews(others);
            }
            Await.until("the stuck client is ended", WRITE_TIMEOUT.plus(SLACK), () -> ended.containsKey(id));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(WRITE_TIMEOUT.plus(SLACK));
            assertThat(longest).as("the longest emit").isLessThan(ON_TIME);
            assertThat(ended).containsOnly(Map.entry(id, DisconnectReason.WRITE_TIMEOUT));
        } finally {
            for (Peer other : others) {
                other.close();
            }
            Servers.awaitEmpty(server);
        }
    }

    /** A client that joins and then reads nothing more. */
    private record Stuck(RawWebSocket webSocket, String id) implements AutoCloseable {
        static Stuck join(int port) throws IOException {
            RawConnection connection = RawConnection.open(port, SMALL_BUFFER);
            connection.send(RawWebSocket.handshake("/socket.io/?EIO=4&transport=websocket"));
            RawWebSocket client = RawWebSocket.upgraded(connection);
            client.text();
            client.send("40");
            return new Stuck(client, PollingSession.sidOf(client.text()));
        }

        @Override
        public void close() throws IOException {
            webSocket.close();
        }
    }

    private static Duration longestEmit(int times, Runnable emit) {
        long longest = 0;
        for (int i = 0; i < times; i++) {
            long start = System.nanoTime();
            emit.run();
            longest = Math.max(longest, System.nanoTime() - start);
        }
        return Duration.ofNanos(longest);
    }

    private static void awaitNews(List<Peer> others) {
        Await.until("the others get the news", ON_TIME, () -> others.stream().allMatch(peer -> peer.waiting() > 0));
        others.forEach(peer -> assertThat(peer.next()).isEqualTo("42[\"news\",\"n\"]"));
    }

    @Test
    void endsAClientForWhichTooMuchWaits() throws IOException {
        Options options = Options.defaults().writeTimeout(Duration.ofMinutes(1)).maxQueuedBytes(512 * 1024);
        try (Weft server = Servers.start(options, this::room);
                Stuck stuck = Stuck.join(server.port());
                Peer other = Peer.Via.WEBSOCKET.connect(server.port())) {
            String id = stuck.id();
            Duration longest = Duration.ZERO;
            for (int i = 0; i < 10 * MORE_THAN_LOOPBACK_HOLDS && !ended.containsKey(id); i++) {
                Duration emit =
                        longestEmit(1, () -> server.namespace("/").to(id).emit("fill", FILLER));
                longest = longest.compareTo(emit) > 0 ? longest : emit;
            }
            Await.until("the stuck client is ended", SLACK, () -> ended.containsKey(id));
            assertThat(ended).containsOnly(Map.entry(id, DisconnectReason.QUEUE_LIMIT));
            assertThat(longest).as("the longest emit").isLessThan(ON_TIME);
            server.namespace("/").to("room").emit("news", "n");
            assertThat(other.next()).isEqualTo("42[\"news\",\"n\"]");
        }
    }

    /** Whether or not a GET is parked when the limit is reached, the client is told: no request of it hangs. */
    @Test
    void aPollingClientForWhichTooMuchWaitsLearnsThatItHasEnded() throws IOException {
        Options options = Options.defaults().maxQueuedBytes(100_000);
        try (Weft server = Servers.start(options, this::room)) {
            for (int i = 0; i < 20; i++) {
                try (Peer peer = Peer.Via.POLLING.connect(server.port())) {
                    for (int n = 0; n < MORE_THAN_A_CLIENT_FETCHES && !ended.containsKey(peer.id()); n++) {
                        server.namespace("/").to(peer.id()).emit("fill", FILLER);
                    }
                    peer.awaitEnd();
                    Await.until("the end is told", SLACK, () -> ended.containsKey(peer.id()));
                    assertThat(ended.get(peer.id())).isEqualTo(DisconnectReason.QUEUE_LIMIT);
                }
            }
            Servers.awaitEmpty(server);
        }
    }
}
