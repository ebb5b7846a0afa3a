package dev.weft.conformance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import dev.weft.CloseCode;
import dev.weft.Message;
import dev.weft.WebSocket;
import dev.weft.faults.Await;
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
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Peers that end half, or in the middle of something, or say that they close and then do nothing more. */
@Timeout(60)
@ExtendWith(LeakLedger.class)
class HalfClosedPeersTest {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration SLACK = Duration.ofSeconds(2);
    private static final int PEERS = 50;
    private static final Duration WINDOW = Duration.ofMillis(250);
    private static final int WINDOWS = 4;
    /** A single loop that waits for nothing would take a whole processor. */
    private static final double MOST_CPU = 0.5;

    private final Queue<CloseCode> codes = new ConcurrentLinkedQueue<>();
    private final Queue<String> texts = new ConcurrentLinkedQueue<>();
    private Weft server;

    @BeforeEach
    void start() {
        server = Servers.builder(Options.defaults().closeTimeout(CLOSE_TIMEOUT))
                .webSocket("/", this::echo)
                .start();
    }

    @AfterEach
    void stop() {
        Servers.awaitEmpty(server);
        server.close();
    }

    private void echo(WebSocket webSocket) {
        for (Message message = webSocket.receive(); message != null; message = webSocket.receive()) {
            texts.add(message instanceof Message.Text text ? text.text() : "binary");
            webSocket.send(message);
        }
        CloseCode code = webSocket.closeCode();
        codes.add(code == null ? CloseCode.INTERNAL_ERROR : code);
    }

    private enum Leaving {
        FIN_WITHOUT_CLOSE(1006) {
            @Override
            void leave(RawWebSocket client) throws IOException {
                client.raw().halfClose();
            }
        },
        FIN_IN_A_FRAME(1006) {
            @Override
            void leave(RawWebSocket client) throws IOException {
                client.raw().send(Arrays.copyOf(Frame.text("never whole").masked(), 9));
                client.raw().halfClose();
            }
        },
        RESET_IN_A_FRAME(1006) {
            @Override
            void leave(RawWebSocket client) throws IOException {
                client.raw().send(Arrays.copyOf(Frame.text("never whole").masked(), 9));
                client.raw().reset();
            }
        },
        RESET_BEHIND_FIN(1006) {
            @Override
            void leave(RawWebSocket client) throws IOException {
                client.raw().halfClose();
                client.raw().reset();
            }
        },
        CLOSE_FRAME_AND_SILENCE(1001) {
            @Override
            void leave(RawWebSocket client) throws IOException {
                client.send(Frame.close(1001, "leaving"));
            }
        },
        CLOSE_FRAME_AND_FIN(1001) {
            @Override
            void leave(RawWebSocket client) throws IOException {
                client.send(Frame.close(1001, "leaving"));
                client.raw().halfClose();
            }
        };

        private final CloseCode code;

        Leaving(int code) {
            this.code = new CloseCode(code);
        }

        abstract void leave(RawWebSocket client) throws IOException;
    }

    @ParameterizedTest
    @EnumSource(Leaving.class)
    void areGoneWithinTheCloseTimeoutWithAReasonAndWithoutABusyLoop(Leaving leaving) throws IOException {
        List<RawWebSocket> clients = new ArrayList<>();
        try {
            for (int i = 0; i < PEERS; i++) {
                RawWebSocket client = RawWebSocket.open(server.port(), "/");
                clients.add(client);
                assertThat(client.send("hello").text()).isEqualTo("hello");
            }
            long start = System.nanoTime();
            for (RawWebSocket client : clients) {
                leaving.leave(client);
            }
            double cpu = cpuWhileWatched();
            System.out.printf("%s: %.0f %% of a processor%n", leaving, 100 * cpu);
            assertThat(cpu).as("processors").isLessThan(MOST_CPU);
            Await.until(
                    () -> "no connection left, but " + server.stats(),
                    CLOSE_TIMEOUT.plus(SLACK).minusNanos(System.nanoTime() - start),
                    () -> server.stats().connections() == 0);
        } finally {
            for (RawWebSocket client : clients) {
                client.close();
            }
        }
        Await.until("all ends told", SLACK, () -> codes.size() == PEERS);
        assertThat(codes).containsOnly(leaving.code);
    }

    /**
     * Returns how many processors this JVM, the server in it, kept busy in the least busy of a few windows: a busy loop is
     * in each of them, warming up and collecting garbage are not.
     */
    private static double cpuWhileWatched() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        double least = Double.MAX_VALUE;
        for (int i = 0; i < WINDOWS; i++) {
            long start = System.nanoTime();
            long cpu = system.getProcessCpuTime();
            while (System.nanoTime() - start < WINDOW.toNanos()) {
                LockSupport.parkNanos(WINDOW.toNanos());
            }
            least = Math.min(least, (double) (system.getProcessCpuTime() - cpu) / (System.nanoTime() - start));
        }
        return least;
    }

    @Test
    void theCloseFrameIsAnsweredOnceAndDataBehindItIsIgnored() throws IOException {
        try (RawWebSocket client = RawWebSocket.open(server.port(), "/")) {
            client.send(
                    Frame.close(1001, ""),
                    Frame.text("late"),
                    Frame.close(1000, ""),
                    Frame.of(Frame.PING, new byte[3]));
            client.expectClose(1001); // and then the end
        }
        Await.until("the end told", SLACK, () -> codes.size() == 1);
        assertThat(codes).containsExactly(CloseCode.GOING_AWAY);
        assertThat(texts).isEmpty();
    }
}
