package dev.weft.conformance.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.weft.Namespace;
import dev.weft.faults.Peer;
import dev.weft.faults.RawConnection;
import dev.weft.faults.RawWebSocket;
import dev.weft.faults.Servers;
import dev.weft.server.Options;
import dev.weft.server.Weft;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A broadcast is encoded once, whatever its size and however many get it. */
@Timeout(90)
class BroadcastCostTest {
    private static final int CLIENTS = 1_000;
    private static final int PAYLOAD = 100_000;
    private static final int ROUNDS = 20;
    private static final int PER_RECIPIENT = 200;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final String MESSAGE = "b".repeat(PAYLOAD);

    private static Weft start() {
        Options options = Options.defaults().writeTimeout(Duration.ofMinutes(2)).acceptBacklog(4096);
        return Servers.start(options, namespace -> namespace.onConnect(socket -> socket.join("all")));
    }

    /** Clients read nothing, or what this test allocates for them would count. */
    private static RawConnection join(int port) throws IOException {
        RawConnection connection = RawConnection.open(port, 4 * 1024);
        connection.send(RawWebSocket.handshake("/socket.io/?EIO=4&transport=websocket"));
        RawWebSocket client = RawWebSocket.upgraded(connection);
        client.text();
        client.send("40");
        assertThat(client.text()).startsWith("40{");
        return connection;
    }

    /** Returns the fewest bytes that all platform threads, carriers included, allocate during one broadcast to a room. */
    private static long allocated(Namespace namespace, String room) throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < ROUNDS; i++) {
            long before = THREADS.getTotalThreadAllocatedBytes();
            Thread sender = Thread.ofPlatform().start(() -> namespace.to(room).emit("b", MESSAGE));
            assertThat(sender.join(Duration.ofSeconds(10))).isTrue();
            least = Math.min(least, THREADS.getTotalThreadAllocatedBytes() - before);
        }
        return least;
    }

    @Test
    void allocatesLittleForEachRecipientWhateverTheMessageIsLong() throws Exception {
        List<RawConnection> clients = new ArrayList<>();
        try (Weft server = start()) {
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(join(server.port()));
            }
            long bytes = allocated(server.namespace("/"), "all");
            System.out.printf(
                    "a broadcast of %,d bytes to %,d clients: %,d bytes allocated%n", PAYLOAD, CLIENTS, bytes);
            assertThat(bytes).isLessThan(4L * PAYLOAD + CLIENTS * PER_RECIPIENT);
            assertThat(server.stats().sockets()).as("nobody is gone").isEqualTo(CLIENTS);
            for (RawConnection client : clients) {
                client.reset();
            }
            Servers.awaitEmpty(server);
        }
    }

    @Test
    void isNotEvenEncodedIfNobodyGetsIt() throws Exception {
        try (Weft server = start();
                Peer other = Peer.Via.WEBSOCKET.connect(server.port())) {
            long bytes = allocated(server.namespace("/"), "nobody");
            System.out.printf("a broadcast of %,d bytes to nobody: %,d bytes allocated%n", PAYLOAD, bytes);
            assertThat(bytes).isLessThan(PAYLOAD / 2);
            assertThat(other.waiting()).isZero();
        }
    }
}
