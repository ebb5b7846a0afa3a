package dev.weft.conformance.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.faults.Await;
import dev.weft.faults.RawHttp;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** SIGTERM to a process with many clients, each of which has a handler running. */
@Timeout(120)
class SigtermTest {
    private static final int CLIENTS = Boolean.getBoolean("weft.long") ? 5_000 : 500;
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final CountDownLatch joined = new CountDownLatch(CLIENTS);
    private final CountDownLatch ended = new CountDownLatch(CLIENTS);
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicLong firstEnd = new AtomicLong(Long.MAX_VALUE);
    private final AtomicLong lastEnd = new AtomicLong(Long.MIN_VALUE);
    private final Queue<String> unexpected = new ConcurrentLinkedQueue<>();

    @Test
    void clientsAreToldInWavesAndNoHandlerThatRanGoesUnacknowledged() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StoppingServer.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = process.inputReader()) {
            int port = Integer.parseInt(out.readLine());
            AtomicInteger handled = countLines(out);
            for (int i = 0; i < CLIENTS; i++) {
                Thread.ofVirtual().start(() -> hold(port));
            }
            assertThat(joined.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            Await.until("work is under way", PATIENCE, () -> handled.get() > 0);

            long start = System.nanoTime();
            process.toHandle().destroy(); // SIGTERM; unlike Process.destroy() it leaves the output open
            Duration notReady = Await.until("not ready", PATIENCE, () -> refused(port));
            assertThat(ended.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            Duration exit = Duration.ofNanos(System.nanoTime() - start);

            System.out.printf(
                    "%,d clients: not ready after %,d ms, first close after %,d ms, last after %,d ms, exit %d after"
                            + " %,d ms; %,d handled and acknowledged%n",
                    CLIENTS,
                    notReady.toMillis(),
                    (firstEnd.get() - start) / 1_000_000,
                    (lastEnd.get() - start) / 1_000_000,
                    process.exitValue(),
                    exit.toMillis(),
                    acknowledged.get());
            assertThat(unexpected).isEmpty();
            assertThat(process.exitValue()).as("128 + SIGTERM").isEqualTo(143);
            assertThat(exit).isLessThan(Duration.ofSeconds(12).plusSeconds(5));
            assertThat(lastEnd.get() - firstEnd.get()).as("waves").isGreaterThan(200_000_000);
            Await.until("all that was printed", PATIENCE, () -> handled.get() == acknowledged.get());
        } finally {
            process.destroyForcibly();
        }
    }

    private static AtomicInteger countLines(BufferedReader out) {
        AtomicInteger lines = new AtomicInteger();
        Thread.ofPlatform().daemon().start(() -> out.lines().forEach(line -> lines.incrementAndGet()));
        return lines;
    }

    /** While the port is open, readiness says no; then nothing answers at all. */
    private static boolean refused(int port) {
        try {
            return RawHttp.exchange(port, RawHttp.get("/readyz")).status() == 503;
        } catch (IOException e) {
            return true;
        }
    }

    private void hold(int port) {
        try (HeldConnection connection = HeldConnection.open(port)) {
            joined.countDown();
            for (int i = 0; ; i++) {
                connection.send("42" + i + "[\"work\"]");
                String answer = connection.next();
                if (!answer.equals("43" + i + "[\"done\"]")) {
                    unexpected.add(answer);
                }
                acknowledged.incrementAndGet();
            }
        } catch (IOException e) {
            long now = System.nanoTime();
            firstEnd.accumulateAndGet(now, Math::min);
            lastEnd.accumulateAndGet(now, Math::max);
        } finally {
            ended.countDown();
        }
    }
}
