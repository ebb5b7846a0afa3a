package dev.weft.conformance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Message;
import dev.weft.Session;
import dev.weft.faults.Await;
import dev.weft.faults.FaultProxy;
import dev.weft.faults.LeakLedger;
import dev.weft.faults.Link;
import dev.weft.faults.Peer;
import dev.weft.faults.RawWebSocket;
import dev.weft.faults.Servers;
import dev.weft.server.Options;
import dev.weft.server.Weft;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Both sides send numbered messages while a client goes from long-polling to WebSocket and every step takes its time. */
@Timeout(1_800)
@ExtendWith(LeakLedger.class)
class UpgradeOrderTest {
    private static final boolean LONG = Boolean.getBoolean("weft.long");
    private static final int SEEDS = LONG ? 200 : 8;
    private static final int COUNT = LONG ? 1_000 : 200;
    private static final int LONGEST_DELAY_MILLIS = 12;
    private static final int LONGEST_GAP_NANOS = 1_000_000;
    private static final List<String> ALL =
            IntStream.range(0, COUNT).mapToObj(String::valueOf).toList();

    /** What the server has got, by session. */
    private final Map<String, List<String>> atServer = new ConcurrentHashMap<>();

    private int overPolling;

    private void serve(Session session) {
        List<String> got = new CopyOnWriteArrayList<>();
        atServer.put(session.id(), got);
        Thread sender = Thread.ofVirtual().start(() -> sendAll(session));
        for (Message message = session.receive(); message != null; message = session.receive()) {
            got.add(((Message.Text) message).text());
        }
        sender.interrupt();
    }

    private static void sendAll(Session session) {
        Random gaps = new Random(session.id().hashCode());
        for (int i = 0; i < COUNT && !Thread.interrupted(); i++) {
            LockSupport.parkNanos(gaps.nextInt(LONGEST_GAP_NANOS));
            session.send(String.valueOf(i));
        }
    }

    /** What a client does while messages flow. */
    private interface Course {
        void run(UpgradingClient client) throws Exception;
    }

    @Test
    void anUpgradeKeepsEveryMessageOnceAndInOrder() throws Exception {
        forEverySeed(client -> {
            try (RawWebSocket webSocket = client.probe()) {
                client.finishOver(webSocket);
                check(client);
            }
        });
        System.out.printf(
                "%d upgrades amid %d messages each way: %d of %d came over polling%n",
                SEEDS, COUNT, overPolling, SEEDS * COUNT);
        assertThat(overPolling).as("messages before the upgrade").isPositive().isLessThan(SEEDS * COUNT);
    }

    @Test
    void aSecondAttemptDisturbsNeitherTheFirstNorMessages() throws Exception {
        forEverySeed(client -> {
            try (RawWebSocket webSocket = client.probe()) {
                client.expectRefusedWebSocket();
                client.finishOver(webSocket);
                client.expectRefusedWebSocket();
                check(client);
            }
        });
    }

    @Test
    void aProbeThatNeverFinishesLeavesPollingAsItWas() throws Exception {
        forEverySeed(Duration.ofMillis(300), client -> {
            try (RawWebSocket webSocket = client.probe()) {
                assertThat(webSocket.raw().ended()).as("cut by the server").isTrue();
            }
            client.finishOverPolling(Peer.PATIENCE);
            check(client);
        });
    }

    @Test
    void aProbeThatBreaksOffDoesNotKeepTheNextFromSucceeding() throws Exception {
        forEverySeed(client -> {
            client.probe().raw().reset();
            try (RawWebSocket webSocket = probeOnceTheFirstIsForgotten(client)) {
                client.finishOver(webSocket);
                check(client);
            }
        });
    }

    /** The server learns of a reset a moment later; a probe until then is a second one. */
    private static RawWebSocket probeOnceTheFirstIsForgotten(UpgradingClient client) {
        long deadline = System.nanoTime() + Peer.PATIENCE.toNanos();
        while (true) {
            try {
                return client.probe();
            } catch (IOException | AssertionError e) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("no second probe succeeds", e);
                }
            }
        }
    }

    private void check(UpgradingClient client) {
        List<String> got = atServer.get(client.sid());
        assertThat(got).isNotNull();
        Await.until(() -> "all messages at the server, but " + got.size(), Peer.PATIENCE, () -> got.size() >= COUNT);
        assertThat(got).as("at the server").isEqualTo(ALL);
        assertThat(client.received()).as("at the client").isEqualTo(ALL);
        overPolling += client.overPolling();
    }

    private void forEverySeed(Course course) throws IOException {
        forEverySeed(Peer.PATIENCE, course);
    }

    private void forEverySeed(Duration upgradeTimeout, Course course) throws IOException {
        Options options = Options.defaults().upgradeTimeout(upgradeTimeout).closeTimeout(Duration.ofSeconds(1));
        try (Weft server =
                Servers.builder(options).engine("/engine", this::serve).start()) {
            for (long seed = 1; seed <= SEEDS; seed++) {
                run(course, server.port(), seed);
            }
            Servers.awaitEmpty(server);
            assertThat(server.stats().handlerFailures()).isZero();
        }
    }

    private static void run(Course course, int port, long seed) {
        Random delays = new Random(seed);
        try (FaultProxy proxy = new FaultProxy(port, link -> delay(link, delays));
                UpgradingClient client = new UpgradingClient(proxy.port(), "/engine/", COUNT, seed)) {
            course.run(client);
        } catch (Throwable t) {
            throw new AssertionError("with seed " + seed + ": " + t, t);
        }
    }

    private static void delay(Link link, Random delays) {
        link.toServer().delay(Duration.ofMillis(delays.nextInt(LONGEST_DELAY_MILLIS)));
        link.toClient().delay(Duration.ofMillis(delays.nextInt(LONGEST_DELAY_MILLIS)));
    }
}
