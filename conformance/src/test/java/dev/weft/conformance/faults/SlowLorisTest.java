package dev.weft.conformance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.faults.LeakLedger;
import dev.weft.faults.RawConnection;
import dev.weft.faults.RawWebSocket;
import dev.weft.faults.Servers;
import dev.weft.server.Options;
import dev.weft.server.Weft;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many connections that send their request head byte by byte, with pauses, and never come to its end. */
@Timeout(120)
@ExtendWith(LeakLedger.class)
class SlowLorisTest {
    private static final int CONNECTIONS = Boolean.getBoolean("weft.long") ? 2_000 : 200;
    private static final Duration DEADLINE = Duration.ofSeconds(3);
    private static final Duration SLACK = Duration.ofSeconds(4);
    private static final long PAUSE_NANOS = 200_000_000;
    private static final int NEWCOMERS = 10;
    private static final Duration FAST = Duration.ofMillis(1_000);

    @Test
    void everyOneIsCutAtTheTotalDeadlineAndNewClientsConnectMeanwhile() throws IOException {
        byte[] head =
                ("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(1_000)).getBytes(StandardCharsets.US_ASCII);
        List<RawConnection> slow = new ArrayList<>();
        try (Weft server = Servers.builder(Options.defaults().handshakeTimeout(DEADLINE))
                .webSocket("/", webSocket -> webSocket.receive())
                .start()) {
            for (int i = 0; i < CONNECTIONS; i++) {
                slow.add(RawConnection.open(server.port()));
            }
            long start = System.nanoTime();
            List<Duration> newcomers = new ArrayList<>();
            for (int i = 0; server.stats().connections() > 0; i++) {
                Duration so = Duration.ofNanos(System.nanoTime() - start);
                assertThat(so).as("until all are cut").isLessThan(DEADLINE.plus(SLACK));
                for (RawConnection connection : slow) {
                    connection.trySend(new byte[] {head[i]});
                }
                if (i < NEWCOMERS) {
                    newcomers.add(connect(server.port()));
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            assertThat(took).isGreaterThan(DEADLINE.minus(Duration.ofMillis(1_500))); // they were opened one by one
            newcomers.sort(Duration::compareTo);
            System.out.println(CONNECTIONS + " connections that send a byte now and then: all cut after "
                    + took.toMillis() + " ms, new clients connect in "
                    + newcomers.stream().map(Duration::toMillis).toList() + " ms");
            assertThat(newcomers.get(NEWCOMERS / 2)).isLessThan(FAST);
        } finally {
            for (RawConnection connection : slow) {
                connection.close();
            }
        }
    }

    private static Duration connect(int port) throws IOException {
        long start = System.nanoTime();
        try (RawWebSocket client = RawWebSocket.open(port, "/")) {
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            client.send("bye");
            return took;
        }
    }
}
