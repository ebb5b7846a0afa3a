package dev.weft.conformance.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.DisconnectReason;
import dev.weft.Namespace;
import dev.weft.WebSocket;
import dev.weft.faults.Await;
import dev.weft.faults.Frame;
import dev.weft.faults.PollingSession;
import dev.weft.faults.RawConnection;
import dev.weft.faults.RawTls;
import dev.weft.faults.RawWebSocket;
import dev.weft.faults.Servers;
import dev.weft.faults.Vitals;
import dev.weft.server.Options;
import dev.weft.server.Tls;
import dev.weft.server.Weft;
import dev.weft.server.WeftBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A client that reads nothing, and for which a write is stuck, is let go at once by everything that ends a connection:
 * its descriptor is free, and no thread waits on it. Plain or through TLS makes no difference.
 */
@Timeout(120)
class KillingTest {
    private static final int SMALL_BUFFER = 4096;
    private static final String FILLER = "f".repeat(64 * 1024);
    private static final int MORE_THAN_THE_SYSTEM_HOLDS = 8 * 1024 * 1024 / FILLER.length();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** One second is promised; the rest is for a machine that is busy with other tests. */
    private static final Duration AT_ONCE = Duration.ofSeconds(3);

    private static Tls tls;

    private final BlockingQueue<DisconnectReason> ended = new LinkedBlockingQueue<>();
    private String id = "";
    private boolean announced;

    /** How a client reaches the server. */
    enum Over {
        PLAIN,
        TLS;

        WeftBuilder server(Options options) {
            WeftBuilder builder = Servers.builder(options);
            return this == TLS ? builder.tls(tls) : builder;
        }

        RawConnection connect(int port) throws IOException {
            return this == TLS ? RawTls.open(port, SMALL_BUFFER) : RawConnection.open(port, SMALL_BUFFER);
        }
    }

    @BeforeAll
    static void makeCertificate() {
        tls = Tls.selfSigned();
    }

    /** What is not tested ends a connection much later. */
    private static Options slow() {
        return Options.defaults()
                .writeTimeout(Duration.ofMinutes(2))
                .closeTimeout(Duration.ofMinutes(2))
                .pingInterval(Duration.ofMinutes(2))
                .maxQueuedBytes(64 * 1024 * 1024);
    }

    private void room(Namespace namespace) {
        namespace.onConnect(socket -> {
            socket.onDisconnect(ended::add);
        });
    }

    /** Returns a client for which a write is stuck. */
    private RawConnection stuck(Weft server, Over over) throws IOException {
        RawConnection connection = over.connect(server.port());
        connection.send(RawWebSocket.handshake("/socket.io/?EIO=4&transport=websocket"));
        RawWebSocket client = RawWebSocket.upgraded(connection);
        client.text();
        client.send("40");
        id = PollingSession.sidOf(client.text());
        if (announced) {
            client.send(Frame.text("451-[\"n\",{\"_placeholder\":true,\"num\":0}]"), Frame.of(Frame.PING, new byte[0]));
            assertThat(client.next().opcode()).isEqualTo(Frame.PONG); // the server has read so far
        }
        for (int i = 0; i < MORE_THAN_THE_SYSTEM_HOLDS; i++) {
            server.namespace("/").to(id).emit("fill", FILLER);
        }
        return connection;
    }

    private void endsAtOnce(Over over, Options options, DisconnectReason reason, Ending ending) throws Exception {
        end(over, options, reason, ending); // what is made once, on first use, is no leak
        Vitals before = Vitals.now();
        end(over, options, reason, ending);
        before.awaitNoMoreThanThis();
    }

    private void end(Over over, Options options, DisconnectReason reason, Ending ending) throws Exception {
        try (Weft server = over.server(options).namespace("/", this::room).start();
                RawConnection client = stuck(server, over)) {
            ending.run(server, client);
            assertThat(ended.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(reason);
            Await.until("the connection is gone", AT_ONCE, () -> server.stats().connections() == 0);
            assertThat(server.stats().unexpectedFailures()).isZero();
            client.reset();
        }
    }

    /** Makes the server end the client. */
    @FunctionalInterface
    private interface Ending {
        void run(Weft server, RawConnection client) throws Exception;
    }

    @ParameterizedTest
    @EnumSource
    void byTheWriteTimeout(Over over) throws Exception {
        endsAtOnce(
                over,
                slow().writeTimeout(Duration.ofSeconds(1)),
                DisconnectReason.WRITE_TIMEOUT,
                (server, client) -> {});
    }

    @ParameterizedTest
    @EnumSource
    void byThePingTimeout(Over over) throws Exception {
        Options options = slow().pingInterval(Duration.ofSeconds(1)).pingTimeout(Duration.ofMillis(500));
        endsAtOnce(over, options, DisconnectReason.PING_TIMEOUT, (server, client) -> {});
    }

    @ParameterizedTest
    @EnumSource
    void byTheQueueLimit(Over over) throws Exception {
        Options options = slow().maxQueuedBytes(2 * MORE_THAN_THE_SYSTEM_HOLDS * FILLER.length());
        endsAtOnce(over, options, DisconnectReason.QUEUE_LIMIT, (server, client) -> {
            for (int i = 0; i < 2 * MORE_THAN_THE_SYSTEM_HOLDS; i++) {
                server.namespace("/").to(id).emit("fill", FILLER);
            }
        });
    }

    /** The attachment that is announced never comes. The close frame waits for the write that is stuck, but not for long. */
    @ParameterizedTest
    @EnumSource
    void byADeadlineOfTheProtocol(Over over) throws Exception {
        announced = true;
        endsAtOnce(
                over,
                slow().attachmentTimeout(Duration.ofSeconds(2)),
                DisconnectReason.PARSE_ERROR,
                (server, client) -> {});
    }

    @ParameterizedTest
    @EnumSource
    void byTheApplication(Over over) throws Exception {
        BlockingQueue<WebSocket> open = new LinkedBlockingQueue<>();
        WeftBuilder builder = over.server(slow()).webSocket("/raw", webSocket -> {
            open.add(webSocket);
            while (webSocket.receive() != null) {
                // until the end
            }
        });
        try (Weft server = builder.start();
                RawConnection client = over.connect(server.port())) {
            RawWebSocket.upgraded(client.send(RawWebSocket.handshake("/raw")));
            WebSocket webSocket = open.take();
            for (int i = 0; i < MORE_THAN_THE_SYSTEM_HOLDS; i++) {
                webSocket.send(FILLER);
            }
            webSocket.closeNow();
            Await.until("the connection is gone", AT_ONCE, () -> server.stats().connections() == 0);
            client.reset();
        }
    }

    @ParameterizedTest
    @EnumSource
    void byTheEndOfTheServer(Over over) throws Exception {
        Options options = slow().shutdownTimeout(Duration.ofMillis(500));
        endsAtOnce(over, options, DisconnectReason.SERVER_SHUTTING_DOWN, (server, client) -> {
            long start = System.nanoTime();
            server.close();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(AT_ONCE);
        });
    }
}
