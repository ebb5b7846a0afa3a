package dev.weft.conformance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.faults.Frame;
import dev.weft.faults.LeakLedger;
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
import org.junit.jupiter.api.extension.ExtendWith;

/** Frame heads that declare more than any message may have: what is declared costs nothing. */
@Timeout(60)
@ExtendWith(LeakLedger.class)
class DeclaredLengthsTest {
    private static final int CONNECTIONS = 1_000;
    private static final long[] LENGTHS = {1L << 31, (1L << 32) + 1, Long.MAX_VALUE};
    private static final long MOST_GROWTH = 1024 * 1024;

    @Test
    void aThousandConnectionsThatDeclareHugeFramesCostNoMemory() throws IOException {
        List<RawWebSocket> clients = new ArrayList<>();
        try (Weft server = Servers.builder(Options.defaults().closeTimeout(Duration.ofSeconds(30)))
                .webSocket("/", webSocket -> webSocket.receive())
                .start()) {
            for (int i = 0; i < CONNECTIONS; i++) {
                clients.add(RawWebSocket.open(server.port(), "/"));
            }
            long before = usedHeap();
            for (int i = 0; i < CONNECTIONS; i++) {
                int opcode = i % 2 == 0 ? Frame.TEXT : Frame.BINARY;
                clients.get(i).raw().send(Frame.of(opcode, new byte[0]).declaring(LENGTHS[i % LENGTHS.length]));
            }
            for (RawWebSocket client : clients) {
                assertThat(client.next().closeCode()).isEqualTo(1009);
            }
            // Nobody has answered the close frame: all connections are still there.
            assertThat(server.stats().connections()).isEqualTo(CONNECTIONS);
            long growth = usedHeap() - before;
            System.out.println(CONNECTIONS + " huge declared lengths: heap grew by " + growth / 1024 + " KiB");
            assertThat(growth).isLessThan(MOST_GROWTH);
            for (RawWebSocket client : clients) {
                client.close();
            }
            Servers.awaitEmpty(server);
        } finally {
            for (RawWebSocket client : clients) {
                client.close();
            }
        }
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
