package dev.weft.conformance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Namespace;
import dev.weft.Refused;
import dev.weft.Socket;
import dev.weft.faults.Await;
import dev.weft.faults.LeakLedger;
import dev.weft.faults.Peer;
import dev.weft.faults.Servers;
import dev.weft.faults.Vitals;
import dev.weft.server.Options;
import dev.weft.server.Weft;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every way in which a client can end: told once, after the last event, with the right reason; and nothing is left. */
@Timeout(1_800)
@ExtendWith(LeakLedger.class)
class EndingsTest {
    private static final int CYCLES = Boolean.getBoolean("weft.long") ? 100_000 : 10_000;
    private static final int QUICK_AT_A_TIME = 24;
    private static final int SLOW_AT_A_TIME = 300;
    private static final double HEAP_GROWTH = 1.05;

    /** What the handlers saw of sockets that have not ended, by socket. */
    private static final Map<String, List<String>> SEEN = new ConcurrentHashMap<>();
    /** How many sockets have ended as expected, by the ending's name. */
    private static final Map<String, Integer> ENDED = new ConcurrentHashMap<>();

    private static final Queue<String> WRONG = new ConcurrentLinkedQueue<>();

    private static Weft server;

    @BeforeAll
    static void start() {
        Options options = Options.defaults()
                .pingInterval(Duration.ofMillis(500))
                .pingTimeout(Duration.ofMillis(1_500))
                .closeTimeout(Duration.ofSeconds(1))
                .handshakeTimeout(Duration.ofSeconds(2))
                .upgradeTimeout(Duration.ofSeconds(2))
                .maxPayload(10_000);
        server = Servers.start(options, EndingsTest::handlers);
    }

    @AfterAll
    static void stop() {
        Servers.awaitEmpty(server);
        server.close();
    }

    @BeforeEach
    void forget() {
        SEEN.clear();
        ENDED.clear();
        WRONG.clear();
    }

    private static void handlers(Namespace namespace) {
        namespace.use(EndingsTest::admit);
        namespace.onConnect(socket -> {
            if (SEEN.put(socket.id(), new ArrayList<>(List.of("connect"))) != null) {
                WRONG.add("connected twice: " + told(socket, "as"));
            }
            socket.join("room");
            socket.on("n", event -> see(socket, "event"));
            socket.on("leave-me", event -> socket.disconnect());
            socket.on("leave-all", event -> socket.disconnectAll());
            socket.on("cut", event -> socket.connection().close());
            socket.onDisconnect(
                    reason -> end(socket, reason + " in " + socket.rooms().size() + " rooms"));
            switch (told(socket, "wish")) {
                case "kick" -> socket.disconnect();
                case "cut" -> socket.connection().close();
                default -> {}
            }
        });
    }

    private static void admit(Socket socket) throws Refused {
        socket.join("early");
        if (told(socket, "wish").equals("refuse")) {
            throw new Refused("no");
        }
    }

    private static String told(Socket socket, String name) {
        return String.valueOf(socket.handshake().auth().get(name));
    }

    private static void see(Socket socket, String what) {
        List<String> seen = SEEN.get(socket.id());
        if (seen == null) {
            WRONG.add(what + " before the start or after the end: " + told(socket, "as"));
        } else {
            seen.add(what);
        }
    }

    /** Checks all that was seen of a socket when it ends. */
    private static void end(Socket socket, String how) {
        String name = told(socket, "as");
        see(socket, how);
        List<String> seen = SEEN.remove(socket.id());
        if (expected(Ending.valueOf(name)).contains(seen)) {
            ENDED.merge(name, 1, Integer::sum);
        } else {
            WRONG.add(name + ": " + seen);
        }
    }

    private static List<List<String>> expected(Ending ending) {
        return ending.reasons().stream()
                .map(reason -> reason + " in 3 rooms")
                .map(last -> ending.comesAfterAnEvent() ? List.of("connect", "event", last) : List.of("connect", last))
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Ending.class)
    void isToldOnceAfterTheLastEventWithTheRoomsAsTheyWere(Ending ending) throws IOException {
        ending.happen(server.port());
        Servers.awaitEmpty(server);
        int sockets = ending.reasons().isEmpty() ? 0 : 1;
        Await.until(
                () -> ending + " as one of " + expected(ending) + " but was " + SEEN + WRONG,
                Peer.PATIENCE,
                () -> ENDED.getOrDefault(ending.name(), 0) == sockets);
        assertThat(WRONG).isEmpty();
        assertThat(SEEN).isEmpty();
    }

    @Test
    void nothingIsLeftAfterManyOfAll() throws Exception {
        run(10 * Ending.values().length); // what is made once, on first use, is no leak
        Vitals before = Vitals.now();
        long heap = usedHeap();
        forget();
        long start = System.nanoTime();
        run(CYCLES);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        before.awaitNoMoreThanThis();
        long heapAfter = usedHeap();
        System.out.printf(
                "%d cycles of %d endings in %d ms: heap %d KiB before, %d KiB after; %s%n",
                CYCLES, Ending.values().length, took.toMillis(), heap / 1024, heapAfter / 1024, Vitals.now());
        assertThat((double) heapAfter / heap).as("growth of the heap").isLessThan(HEAP_GROWTH);
        assertThat(server.stats().handlerFailures()).isZero();
    }

    /** Plays as many clients, all endings in turn; slow ones beside quick ones. */
    private static void run(int cycles) throws InterruptedException {
        Ending[] endings = Ending.values();
        int[] counts = new int[endings.length];
        Semaphore quick = new Semaphore(QUICK_AT_A_TIME);
        Semaphore slow = new Semaphore(SLOW_AT_A_TIME);
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < cycles; i++) {
                Ending ending = endings[i % endings.length];
                counts[ending.ordinal()]++;
                Semaphore turn = ending.slow() ? slow : quick;
                turn.acquire();
                clients.execute(() -> play(ending, turn));
            }
        }
        Servers.awaitEmpty(server);
        assertThat(WRONG).isEmpty();
        assertThat(SEEN).isEmpty();
        Arrays.stream(endings)
                .forEach(ending -> assertThat(ENDED.getOrDefault(ending.name(), 0))
                        .as(ending.name())
                        .isEqualTo(ending.reasons().isEmpty() ? 0 : counts[ending.ordinal()]));
    }

    private static void play(Ending ending, Semaphore turn) {
        try {
            ending.happen(server.port());
        } catch (IOException | AssertionError e) {
            WRONG.add(ending + " failed: " + e);
        } finally {
            turn.release();
        }
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
