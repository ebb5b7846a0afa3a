package dev.weft.conformance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.faults.Frame;
import dev.weft.faults.PollingSession;
import dev.weft.faults.RawConnection;
import dev.weft.faults.RawHttp;
import dev.weft.faults.RawWebSocket;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * An Engine.IO client that sends and takes numbered messages while it changes from long-polling to WebSocket, as the stock
 * client does, but dawdles for a random time before every step.
 */
final class UpgradingClient implements AutoCloseable {
    private static final int LONGEST_STEP_NANOS = 15_000_000;
    private static final int LONGEST_GAP_NANOS = 1_000_000;

    private final int port;
    private final int count;
    private final Random random;
    private final Random gaps;
    private final PollingSession session;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockingQueue<String> outgoing = new LinkedBlockingQueue<>();
    /** Written by one thread at a time: the polling one, then that of the WebSocket. */
    private final List<String> received = new ArrayList<>();

    private final Future<?> producer;
    private final Future<?> poster;
    private final Future<?> poller;
    private volatile boolean paused;
    private volatile int arrived;
    private int overPolling;

    UpgradingClient(int port, String path, int count, long seed) throws IOException {
        this.port = port;
        this.count = count;
        random = new Random(seed);
        gaps = new Random(~seed);
        session = PollingSession.open(port, path);
        String[] first = session.handshake().split(PollingSession.NEXT, -1);
        for (int i = 1; i < first.length; i++) {
            take(first[i]); // messages may come with the open packet
        }
        producer = threads.submit(task(this::produce));
        poster = threads.submit(task(this::postAll));
        poller = threads.submit(task(this::pollAll));
    }

    private interface Task {
        void run() throws Exception;
    }

    private static Callable<@Nullable Void> task(Task task) {
        return () -> {
            task.run();
            return null;
        };
    }

    String sid() {
        return PollingSession.sidOf(session.handshake());
    }

    List<String> received() {
        return received;
    }

    /** Returns how many messages have come over polling once the client has left it. */
    int overPolling() {
        return overPolling;
    }

    private void produce() {
        for (int i = 0; i < count; i++) {
            LockSupport.parkNanos(gaps.nextInt(LONGEST_GAP_NANOS));
            outgoing.add("4" + i);
        }
    }

    private void postAll() throws Exception {
        Random steps = new Random(gaps.nextLong());
        while (!paused) {
            String first = outgoing.poll(1, TimeUnit.MILLISECONDS);
            if (first != null) {
                List<String> batch = new ArrayList<>(List.of(first));
                outgoing.drainTo(batch);
                step(steps);
                assertThat(session.post(String.join(PollingSession.NEXT, batch)).text())
                        .isEqualTo("ok");
            }
        }
    }

    private void pollAll() throws IOException {
        Random steps = new Random(gaps.nextLong());
        while (!paused) {
            step(steps);
            RawHttp.Response response = session.poll();
            if (paused && response.status() == 400) {
                return; // the session was closed meanwhile
            }
            assertThat(response.status()).as(response.text()).isEqualTo(200);
            for (String packet : response.text().split(PollingSession.NEXT, -1)) {
                take(packet);
            }
        }
    }

    private void take(String packet) {
        if (packet.startsWith("4")) {
            received.add(packet.substring(1));
            arrived = received.size();
        } else {
            assertThat(packet).as("a noop").isEqualTo("6");
        }
    }

    private void step() {
        step(random);
    }

    private static void step(Random random) {
        LockSupport.parkNanos(random.nextInt(LONGEST_STEP_NANOS));
    }

    /** Opens a WebSocket for the session and probes it. */
    RawWebSocket probe() throws IOException {
        step();
        RawConnection connection = RawConnection.open(port);
        try {
            RawWebSocket webSocket =
                    RawWebSocket.upgraded(connection.send(RawWebSocket.handshake(session.target("websocket"))));
            step();
            webSocket.send("2probe");
            assertThat(webSocket.text()).isEqualTo("3probe");
            return webSocket;
        } catch (IOException | AssertionError e) {
            connection.close();
            throw e;
        }
    }

    /** Goes over to a WebSocket that was probed, and takes the rest there. */
    void finishOver(RawWebSocket webSocket) throws Exception {
        step();
        pause();
        overPolling = received.size();
        step();
        webSocket.send("5");
        Future<?> sending = threads.submit(task(() -> sendAll(webSocket)));
        while (received.size() < count) {
            take(webSocket.text());
        }
        end(sending);
    }

    private void sendAll(RawWebSocket webSocket) throws Exception {
        while (!producer.isDone() || !outgoing.isEmpty()) {
            String next = outgoing.poll(1, TimeUnit.MILLISECONDS);
            if (next != null) {
                webSocket.send(next);
            }
        }
    }

    /** Waits for the requests under way and makes no more. */
    private void pause() throws Exception {
        paused = true;
        step();
        end(poller);
        end(poster);
    }

    /** Takes the rest over polling. */
    void finishOverPolling(Duration limit) throws Exception {
        end(producer);
        long deadline = System.nanoTime() + limit.toNanos();
        while (arrived < count || !outgoing.isEmpty()) {
            assertThat(System.nanoTime())
                    .as("%d of %d messages", arrived, count)
                    .isLessThan(deadline);
            rethrowIfDone(poller);
            rethrowIfDone(poster);
            LockSupport.parkNanos(LONGEST_GAP_NANOS);
        }
        paused = true;
        end(poster);
        session.post("1"); // releases the poll
        end(poller);
    }

    private static void rethrowIfDone(Future<?> future) throws Exception {
        if (future.isDone()) {
            end(future);
        }
    }

    private static void end(Future<?> future) throws Exception {
        try {
            future.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("the client failed: " + e.getCause(), e.getCause());
        }
    }

    /** Expects a WebSocket for the session to be refused, or closed without having been served. */
    void expectRefusedWebSocket() throws IOException {
        step();
        try (RawConnection second = RawConnection.open(port)) {
            second.send(RawWebSocket.handshake(session.target("websocket")));
            RawHttp.Response response = RawHttp.read(second);
            if (response.status() != 101) {
                assertThat(response.status()).isEqualTo(400);
                return;
            }
            second.trySend(Frame.text("2probe").masked());
            Frame frame = Frame.read(second);
            assertThat(frame == null || frame.opcode() == Frame.CLOSE)
                    .as("closed, but got " + frame)
                    .isTrue();
        }
    }

    @Override
    public void close() {
        paused = true;
        threads.shutdownNow();
    }
}
