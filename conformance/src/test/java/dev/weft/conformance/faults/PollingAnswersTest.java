package dev.weft.conformance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Message;
import dev.weft.Session;
import dev.weft.faults.LeakLedger;
import dev.weft.faults.PollingSession;
import dev.weft.faults.RawConnection;
import dev.weft.faults.RawHttp;
import dev.weft.faults.Servers;
import dev.weft.server.Options;
import dev.weft.server.Weft;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients of long-polling that do anything at any time: each request is answered once, or its connection closed, in time. */
@Timeout(600)
@ExtendWith(LeakLedger.class)
class PollingAnswersTest {
    private static final int SEEDS = Boolean.getBoolean("weft.long") ? 500 : 50;
    private static final int CONNECTIONS = 4;
    private static final int MOST_REQUESTS = 4;
    private static final int MAX_PAYLOAD = 2_000;
    private static final Duration PING_INTERVAL = Duration.ofMillis(400);
    private static final Duration PING_TIMEOUT = Duration.ofMillis(300);
    /** For a machine that has other things to do. */
    private static final Duration SLACK = Duration.ofSeconds(3);

    private static final Duration LIMIT = PING_INTERVAL.plus(PING_TIMEOUT).plus(SLACK);

    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final AtomicInteger aborted = new AtomicInteger();

    private Weft server;

    @BeforeEach
    void start() {
        Options options = Options.defaults()
                .pingInterval(PING_INTERVAL)
                .pingTimeout(PING_TIMEOUT)
                .closeTimeout(Duration.ofSeconds(1))
                .maxPayload(MAX_PAYLOAD);
        server = Servers.builder(options)
                .engine("/engine", PollingAnswersTest::echo)
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static void echo(Session session) {
        for (Message message = session.receive(); message != null; message = session.receive()) {
            session.send(message);
        }
    }

    @Test
    void everyRequestGetsOneAnswerOrAnEndInTime() throws Exception {
        long start = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> seeds = IntStream.rangeClosed(1, SEEDS)
                    .<Future<?>>mapToObj(seed -> threads.submit(() -> play(threads, seed)))
                    .toList();
            for (int i = 0; i < SEEDS; i++) {
                await(seeds.get(i), "with seed " + (i + 1) + ": ");
            }
        }
        System.out.printf(
                "%d requests in %d ms: %d answered, %d ended without an answer, %d given up by the client%n",
                sent.get(), (System.nanoTime() - start) / 1_000_000, answered.get(), closed.get(), aborted.get());
        assertThat(answered.get() + closed.get() + aborted.get()).isEqualTo(sent.get());
        assertThat(answered.get()).as("answers").isGreaterThan(sent.get() / 4);
        Servers.awaitEmpty(server);
        assertThat(server.stats().handlerFailures()).isZero();
    }

    /** One session and several connections at a time that use it and others. */
    private @Nullable Void play(ExecutorService threads, long seed) throws Exception {
        PollingSession shared = PollingSession.open(server.port(), "/engine/");
        List<Future<?>> connections = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            Random random = new Random(seed * CONNECTIONS + i);
            PollingSession session = random.nextInt(3) > 0 ? PollingSession.open(server.port(), "/engine/") : shared;
            connections.add(threads.submit(() -> talk(session, random)));
        }
        for (Future<?> connection : connections) {
            await(connection, "");
        }
        return null;
    }

    private static void await(Future<?> future, String what) throws InterruptedException {
        try {
            future.get();
        } catch (ExecutionException e) {
            throw new AssertionError(what + e.getCause(), e.getCause());
        }
    }

    /** Sends some requests over one connection, one after the other or all at once, and counts what comes back. */
    private @Nullable Void talk(PollingSession session, Random random) throws IOException {
        List<String> requests = new ArrayList<>();
        int count = 1 + random.nextInt(MOST_REQUESTS);
        for (int i = 0; i < count; i++) {
            requests.add(request(session, random, i == count - 1));
        }
        try (RawConnection connection = RawConnection.open(server.port()).readLimit((int) LIMIT.toMillis())) {
            if (random.nextInt(6) == 0) {
                giveUp(connection, requests.getFirst(), random);
            } else if (random.nextBoolean()) {
                exchange(connection, requests);
            } else {
                for (int i = 0; i < count && exchange(connection, List.of(requests.get(i))); i++) {
                    // the next one
                }
            }
        }
        return null;
    }

    private void giveUp(RawConnection connection, String request, Random random) throws IOException {
        sent.incrementAndGet();
        aborted.incrementAndGet();
        int part = 1 + random.nextInt(request.length());
        connection.send(request.substring(0, part));
        if (random.nextBoolean()) {
            connection.reset();
        }
    }

    /** Returns whether the connection takes more requests: all of these were answered, and the last did not end it. */
    private boolean exchange(RawConnection connection, List<String> requests) throws IOException {
        sent.addAndGet(requests.size());
        connection.trySend(String.join("", requests).getBytes(StandardCharsets.ISO_8859_1));
        for (int i = 0; i < requests.size(); i++) {
            RawHttp.Response response = answer(connection);
            if (response == null) {
                closed.addAndGet(requests.size() - i);
                return false;
            }
            answered.incrementAndGet();
            assertThat(response.status()).as(response.text()).isIn(200, 400, 413);
            if ("close".equalsIgnoreCase(response.header("Connection"))) {
                closed.addAndGet(requests.size() - i - 1);
                assertThat(connection.ended())
                        .as("nothing after the last answer")
                        .isTrue();
                return false;
            }
        }
        assertThat(connection.silentFor(1)).as("one answer for each request").isTrue();
        connection.readLimit((int) LIMIT.toMillis());
        return true;
    }

    /** Returns the next answer, or null if the connection ends instead; neither within the limit is an error. */
    private static RawHttp.@Nullable Response answer(RawConnection connection) {
        long start = System.nanoTime();
        try {
            return RawHttp.read(connection);
        } catch (SocketTimeoutException e) {
            throw new AssertionError("neither an answer nor an end within " + LIMIT, e);
        } catch (SocketException e) {
            return null;
        } catch (IOException e) {
            assertThat(e).hasMessage("the connection ended within the line \"\"");
            return null;
        } finally {
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LIMIT.plus(SLACK));
        }
    }

    private static String request(PollingSession session, Random random, boolean last) {
        String target = random.nextInt(8) == 0
                ? "/engine/?EIO=4&transport=polling&sid=nobody" + random.nextInt(100)
                : session.target("polling");
        String[] headers = last ? new String[] {"Connection: close"} : new String[] {"Accept: */*"};
        return switch (random.nextInt(12)) {
            case 0, 1, 2, 3 -> RawHttp.get(target, headers);
            case 4, 5, 6 -> RawHttp.post(target, "4hello" + PollingSession.NEXT + "3", headers);
            case 7 -> RawHttp.post(target, "4" + "x".repeat(MAX_PAYLOAD), headers);
            case 8 -> chunked(target, MAX_PAYLOAD + 1, headers[0]);
            case 9 -> chunked(target, 5, headers[0]);
            case 10 -> RawHttp.post(target, "no packet", headers);
            default -> RawHttp.post(target, "1", headers);
        };
    }

    private static String chunked(String target, int size, String header) {
        String body = Integer.toHexString(size) + "\r\n4" + "y".repeat(size - 1) + "\r\n0\r\n\r\n";
        return RawHttp.request("POST", target, body, "Transfer-Encoding: chunked", header);
    }
}
