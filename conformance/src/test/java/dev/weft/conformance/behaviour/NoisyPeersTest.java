package dev.weft.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Refused;
import dev.weft.faults.Await;
import dev.weft.faults.Frame;
import dev.weft.faults.PollingSession;
import dev.weft.faults.RawConnection;
import dev.weft.faults.RawHttp;
import dev.weft.faults.RawWebSocket;
import dev.weft.faults.Servers;
import dev.weft.server.Options;
import dev.weft.server.Weft;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However many peers misbehave, the log stays short, and says what is going on. */
@Timeout(300)
class NoisyPeersTest {
    private static final int ATTACKS = Boolean.getBoolean("weft.long") ? 100_000 : 5_000;
    private static final int ATTACKERS = 8;
    private static final int MOST_LINES = 100;
    private static final int MAX_PAYLOAD = 1_000;
    private static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";

    private static final List<String> BAD = List.of(
            RawWebSocket.handshake("/socket.io/?EIO=3&transport=websocket"),
            RawWebSocket.handshake(WEBSOCKET + "&sid=unknown"),
            RawWebSocket.handshake(WEBSOCKET, "Origin: https://foe.example"),
            RawWebSocket.handshake(WEBSOCKET, "Ticket: refused"),
            RawWebSocket.handshake(WEBSOCKET, "Ticket: broken"),
            RawWebSocket.handshake("/raw", "Sec-WebSocket-Version: 13"),
            RawHttp.get("/socket.io/?EIO=4&transport=polling", "Content-Length: -1"),
            "\u0016\u0003\u0001\u0002",
            RawHttp.get("/socket.io/?EIO=4&transport=polling&sid=unknown"));

    private final LogCapture log = new LogCapture();
    private Weft server;

    @BeforeEach
    void start() {
        server = Servers.builder(Options.defaults().maxPayload(MAX_PAYLOAD).maxMessage(MAX_PAYLOAD))
                .allowRequest(request -> {
                    switch (String.valueOf(request.header("Ticket"))) {
                        case "refused" -> throw new Refused("no");
                        case "broken" -> throw new IllegalStateException("broken");
                        default -> {}
                    }
                })
                .webSocket("/raw", webSocket -> webSocket.receive())
                .start();
    }

    @AfterEach
    void stop() {
        log.close();
        Servers.awaitEmpty(server);
        server.close();
    }

    @Test
    void manyBadHandshakesWriteFewLines() throws Exception {
        try (ExecutorService attackers = Executors.newFixedThreadPool(ATTACKERS)) {
            List<Future<Integer>> attacks = IntStream.range(0, ATTACKERS)
                    .mapToObj(attacker -> attackers.submit(() -> attack(ATTACKS / ATTACKERS)))
                    .toList();
            for (Future<Integer> attack : attacks) {
                assertThat(attack.get(240, TimeUnit.SECONDS)).isEqualTo(ATTACKS / ATTACKERS);
            }
        }
        assertThat(log.lines())
                .hasSizeLessThan(MOST_LINES)
                .anyMatch(line -> line.contains("malformed HTTP requests"))
                .anyMatch(line -> line.contains("handshakes that break their protocol"))
                .anyMatch(line -> line.contains("sessions unknown here"))
                .anyMatch(line -> line.contains("origin is not admitted"))
                .anyMatch(line -> line.contains("refused by allowRequest"));
        assertThat(server.stats().unexpectedFailures()).isZero();
    }

    private int attack(int times) throws IOException {
        for (int i = 0; i < times; i++) {
            try (RawConnection connection = RawConnection.open(server.port())) {
                connection.send(BAD.get(i % BAD.size()));
                assertThat(RawHttp.read(connection).status()).isGreaterThanOrEqualTo(400);
            }
        }
        return times;
    }

    /** Sizes are what helps whoever searches for months why clients reconnect. */
    @ParameterizedTest
    @ValueSource(strings = {WEBSOCKET, "/raw"})
    void anOversizeMessageIsOneLineWithBothSizes(String target) throws IOException {
        try (RawWebSocket client = RawWebSocket.open(server.port(), target)) {
            client.send(Frame.text("4" + "x".repeat(2_000)));
            Await.until(
                    () -> "a line: " + log.lines(),
                    Duration.ofSeconds(10),
                    () -> !log.lines().isEmpty());
        }
        assertThat(log.lines()).hasSize(1).first().asString().contains("2001").contains("1000");
    }

    @Test
    void anOversizePostIsOneLineWithBothSizes() throws IOException {
        String target = PollingSession.open(server.port(), "/socket.io/").target("polling");
        assertThat(RawHttp.exchange(server.port(), RawHttp.post(target, "4" + "x".repeat(2_000)))
                        .status())
                .isEqualTo(413);
        assertThat(log.lines()).hasSize(1).first().asString().contains("2001").contains("1000");
    }

    @Test
    void warnsOfAPingIntervalThatProxiesDoNotWaitFor() {
        Servers.builder(Options.defaults().pingInterval(Duration.ofSeconds(54)))
                .start()
                .close();
        assertThat(log.lines()).isEmpty();
        Servers.builder(Options.defaults().pingInterval(Duration.ofSeconds(55)))
                .start()
                .close();
        assertThat(log.lines()).hasSize(1).first().asString().startsWith("WARNING pingInterval is 55 s");
    }
}
