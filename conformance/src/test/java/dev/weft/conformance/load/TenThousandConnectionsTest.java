package dev.weft.conformance.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Namespace;
import dev.weft.Socket;
import dev.weft.server.Options;
import dev.weft.server.Weft;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ten thousand clients, held by another process so that neither reaches its limit of open files. */
class TenThousandConnectionsTest {
    private static final int CLIENTS = 10_000;
    private static final int CHOSEN = 1_000;
    private static final long POLL_NANOS = 20_000_000;
    private static final long MAX_BYTES_PER_CONNECTION = 16 * 1024;

    @Test
    @Timeout(90)
    void holdsTenThousandIdleClientsAndReachesAThousandOfThem() throws Exception {
        Options options = Options.defaults().acceptBacklog(4096);
        try (Weft server = Weft.builder()
                .host("127.0.0.1")
                .port(0)
                .options(options)
                .namespace("/", namespace -> {})
                .start()) {
            long before = liveHeap();
            try (Holder holder = Holder.start(server.port(), CLIENTS)) {
                long start = System.nanoTime();
                holder.await(counts -> counts.connected() == CLIENTS, Duration.ofSeconds(50));
                long connectMillis = Duration.ofNanos(System.nanoTime() - start).toMillis();
                assertThat(server.stats().sockets()).isEqualTo(CLIENTS);

                long bytesEach = (liveHeap() - before) / CLIENTS;
                long reachMillis = reachSome(server.namespace("/"), holder);
                System.out.printf(
                        "%,d connections: %,d bytes of live heap each; all connected in %,d ms; %,d of them reached in"
                                + " %,d ms%n",
                        CLIENTS, bytesEach, connectMillis, CHOSEN, reachMillis);
                assertThat(bytesEach).isLessThan(MAX_BYTES_PER_CONNECTION);
                assertThat(holder.counts()).isEqualTo(new Counts(CLIENTS, 0, CHOSEN));
            }
            awaitEmpty(server);
            assertThat(server.stats().unexpectedFailures()).isZero();
        }
    }

    private static long reachSome(Namespace namespace, Holder holder) throws IOException {
        List<Socket> sockets = new ArrayList<>(namespace.sockets());
        Collections.shuffle(sockets, new Random(1));
        long start = System.nanoTime();
        sockets.subList(0, CHOSEN).forEach(socket -> socket.emit("chosen", socket.id()));
        holder.await(counts -> counts.received() == CHOSEN, Duration.ofSeconds(10));
        return Duration.ofNanos(System.nanoTime() - start).toMillis();
    }

    /** Every entry of a connection goes with it. */
    private static void awaitEmpty(Weft server) {
        long deadline = System.nanoTime() + Duration.ofSeconds(15).toNanos();
        while (server.stats().connections()
                        + server.stats().sessions()
                        + server.stats().sockets()
                > 0) {
            assertThat(System.nanoTime()).as(server.stats().toString()).isLessThan(deadline);
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private static long liveHeap() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }

    /** What the generator counts. */
    private record Counts(int connected, int lost, int received) {}

    /** The generator in its own process, with the Java of this one. */
    private record Holder(Process process, BufferedReader out, BufferedWriter in) implements AutoCloseable {
        static Holder start(int port, int clients) throws IOException {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx1g",
                            "-cp",
                            System.getProperty("java.class.path"),
                            LoadHolder.class.getName(),
                            Integer.toString(port),
                            Integer.toString(clients))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            return new Holder(process, process.inputReader(), process.outputWriter());
        }

        Counts counts() throws IOException {
            in.write("count\n");
            in.flush();
            String line = out.readLine();
            assertThat(line).as("answer of the generator").isNotNull();
            int[] numbers =
                    Arrays.stream(line.split(" ")).mapToInt(Integer::parseInt).toArray();
            return new Counts(numbers[0], numbers[1], numbers[2]);
        }

        void await(Predicate<Counts> condition, Duration limit) throws IOException {
            long deadline = System.nanoTime() + limit.toNanos();
            for (Counts counts = counts(); !condition.test(counts); counts = counts()) {
                assertThat(System.nanoTime()).as(counts.toString()).isLessThan(deadline);
                LockSupport.parkNanos(POLL_NANOS);
            }
        }

        @Override
        public void close() {
            process.destroy();
        }
    }
}
