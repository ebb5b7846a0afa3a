package dev.weft.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Socket;
import dev.weft.faults.LeakLedger;
import dev.weft.faults.Peer;
import dev.weft.faults.Servers;
import dev.weft.server.Options;
import dev.weft.server.Weft;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What one client may join, and what it costs to ask for what there is not. */
@Timeout(120)
@ExtendWith(LeakLedger.class)
class JoinLimitsTest {
    private static final int NAMES = Boolean.getBoolean("weft.long") ? 1_000_000 : 100_000;
    private static final int AT_A_TIME = 1_000;
    private static final long MOST_GROWTH = 1024 * 1024;

    @Test
    void askingForNamespacesThatDoNotExistMakesNone() throws Exception {
        try (Weft server = Servers.start(Options.defaults().messageRate(0), namespace -> {});
                Peer client = Peer.Via.WEBSOCKET.connect(server.port())) {
            ask(client, 0); // what is made once, on first use
            long before = usedHeap();
            for (int first = AT_A_TIME; first < NAMES; first += AT_A_TIME) {
                ask(client, first);
            }
            long growth = usedHeap() - before;
            System.out.println(NAMES + " namespaces that do not exist: heap grew by " + growth / 1024 + " KiB");
            assertThat(growth).isLessThan(MOST_GROWTH);
            assertThat(server.stats().sockets()).isEqualTo(1);
        }
    }

    private static void ask(Peer client, int first) throws Exception {
        String[] packets = new String[AT_A_TIME];
        Arrays.setAll(packets, i -> "40/name" + (first + i) + ",");
        client.send(packets);
        for (int i = 0; i < AT_A_TIME; i++) {
            assertThat(client.next()).isEqualTo("44/name" + (first + i) + ",{\"message\":\"Invalid namespace\"}");
        }
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void refusesOneNamespaceMoreThanAClientMayHaveUntilItLeavesOne() throws Exception {
        try (Weft server = Servers.builder(Options.defaults().maxNamespacesPerClient(2))
                        .namespace("/", namespace -> {})
                        .namespace("/a", namespace -> {})
                        .namespace("/b", namespace -> {})
                        .start();
                Peer client = Peer.Via.WEBSOCKET.connect(server.port())) {
            client.send("40/a,");
            assertThat(client.next()).startsWith("40/a,{");
            client.send("40/b,");
            assertThat(client.next()).startsWith("44/b,{\"message\":");
            client.send("41/a,", "40/b,");
            assertThat(client.next()).startsWith("40/b,{");
        }
    }

    @Test
    void aSocketJoinsNoMoreRoomsThanItMay() throws Exception {
        int limit = 10;
        try (Weft server = Servers.start(Options.defaults().maxRoomsPerSocket(limit), namespace -> {});
                Peer client = Peer.Via.WEBSOCKET.connect(server.port())) {
            assertThat(client.id()).isNotEmpty();
            Socket socket = server.namespace("/").sockets().iterator().next();
            while (socket.rooms().size() < limit) {
                socket.join("room" + socket.rooms().size());
            }
            assertThatThrownBy(() -> socket.join("another")).hasMessageContaining("maxRoomsPerSocket");
            assertThat(socket.rooms()).hasSize(limit);
            socket.leave("room1");
            socket.join("another");
            assertThat(socket.rooms()).hasSize(limit).contains("another");
        }
    }
}
