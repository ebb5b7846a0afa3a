package dev.weft.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.DisconnectReason;
import dev.weft.faults.Frame;
import dev.weft.faults.LeakLedger;
import dev.weft.faults.Peer;
import dev.weft.faults.PollingPeer;
import dev.weft.faults.PollingSession;
import dev.weft.faults.RawHttp;
import dev.weft.faults.RawWebSocket;
import dev.weft.faults.Servers;
import dev.weft.server.Options;
import dev.weft.server.Weft;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a client learns of a failure, and what it does not. */
@Timeout(60)
@ExtendWith(LeakLedger.class)
class HandlerErrorsTest {
    private static final int MAX_PAYLOAD = 2_000;

    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final BlockingQueue<DisconnectReason> ended = new LinkedBlockingQueue<>();
    private Weft server;

    @BeforeEach
    void start() {
        server = Servers.builder(Options.defaults().maxPayload(MAX_PAYLOAD))
                .handlers(ErrorHandlers.class)
                .namespace("/errors", namespace -> namespace.onConnect(socket -> socket.onDisconnect(ended::add)))
                .onError((socket, event, failure) ->
                        failures.add(event + " " + failure.getClass().getSimpleName()))
                .start();
    }

    @AfterEach
    void stop() {
        Servers.awaitEmpty(server);
        server.close();
    }

    private Peer connect(Peer.Via via) throws IOException {
        Peer peer = via.open(server.port());
        peer.send("40/errors,");
        assertThat(peer.next()).startsWith("40/errors,{");
        return peer;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[\"problem\"]|{\"code\":\"NO_MONEY\",\"message\":\"not enough\",\"data\":{\"missing\":3}}",
                "[\"enter\"]|{\"code\":\"FULL\",\"message\":\"come back tomorrow\"}",
            })
    void aProblemIsToldAsItIs(String event, String error) throws IOException {
        try (Peer peer = connect(Peer.Via.WEBSOCKET)) {
            peer.send("42/errors,1" + event);
            assertThat(peer.next()).isEqualTo("43/errors,1[{\"$error\":" + error + "}]");
            assertAlive(peer);
        }
        assertThat(failures).hasSize(1);
        assertThat(server.stats().handlerFailures()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"boom,IllegalStateException", "error,StackOverflowError"})
    void ofAnUnexpectedFailureNoDetailIsTold(String event, String failure) throws IOException {
        try (Peer peer = connect(Peer.Via.WEBSOCKET)) {
            peer.send("42/errors,1[\"" + event + "\"]");
            assertThat(peer.next())
                    .startsWith("43/errors,1[{\"$error\":{\"code\":\"INTERNAL\",\"message\":\"the handler failed;"
                            + " reference ")
                    .doesNotContain("swordfish", "Exception", "data");
            assertAlive(peer);
        }
        assertThat(failures).containsExactly(event + " " + failure);
        assertThat(server.stats().handlerFailures()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[\"sum\",{\"x\":1,\"y\":\"two\"}]|.y",
                "[\"sum\",{\"x\":1}]|y",
                "[\"sum\",7]|0",
                "[\"sum\"]|0",
            })
    void aWrongArgumentIsToldWithItsPath(String event, String path) throws IOException {
        try (Peer peer = connect(Peer.Via.WEBSOCKET)) {
            peer.send("42/errors,1" + event);
            assertThat(peer.next())
                    .startsWith("43/errors,1[{\"$error\":{\"code\":\"BAD_REQUEST\",\"message\":")
                    .containsPattern("\"data\":\\[\\{[^]]*\"path\":\"[^\"]*" + path.replace(".", "\\.") + "[^\"]*\"");
            assertAlive(peer);
        }
        assertThat(server.stats().handlerFailures()).isZero();
    }

    @Test
    void aFailureThatNobodyWaitsForIsOnlyCounted() throws IOException {
        try (Peer peer = connect(Peer.Via.WEBSOCKET)) {
            peer.send("42/errors,[\"boom\"]");
            assertAlive(peer);
        }
        assertThat(failures).containsExactly("boom IllegalStateException");
    }

    @ParameterizedTest
    @EnumSource(Peer.Via.class)
    void anEventLargerThanItsHandlerTakesIsRefusedAndTheConnectionStays(Peer.Via via) throws IOException {
        try (Peer peer = connect(via)) {
            peer.send("42/errors,1[\"small\",\"" + "x".repeat(64) + "\"]");
            assertThat(peer.next()).startsWith("43/errors,1[{\"$error\":{\"code\":\"TOO_LARGE\",");
            assertAlive(peer);
        }
    }

    private static void assertAlive(Peer peer) throws IOException {
        peer.send("42/errors,9[\"sum\",{\"x\":1,\"y\":2}]");
        assertThat(peer.next()).isEqualTo("43/errors,9[3]");
    }

    @Test
    void aMessageLargerThanTheServerTakesEndsTheConnection() throws Exception {
        try (RawWebSocket client = RawWebSocket.open(server.port(), "/socket.io/?EIO=4&transport=websocket")) {
            assertThat(PollingSession.sidOf(client.text())).isNotEmpty();
            client.send("40/errors,");
            client.text();
            client.send(Frame.text("42/errors,[\"small\",\"" + "x".repeat(MAX_PAYLOAD) + "\"]"));
            client.expectClose(1009);
        }
        assertThat(ended.poll(10, TimeUnit.SECONDS)).isEqualTo(DisconnectReason.PAYLOAD_TOO_LARGE);
    }

    @Test
    void aBodyLargerThanTheServerTakesEndsTheSession() throws Exception {
        try (PollingPeer peer = PollingPeer.open(server.port())) {
            peer.send("40/errors,");
            assertThat(peer.next()).startsWith("40/errors,{");
            String body = "42/errors,[\"small\",\"" + "x".repeat(MAX_PAYLOAD) + "\"]";
            RawHttp.Response response = RawHttp.exchange(server.port(), RawHttp.post(peer.target(), body));
            assertThat(response.status()).isEqualTo(413);
            peer.awaitEnd();
        }
        assertThat(ended.poll(10, TimeUnit.SECONDS)).isEqualTo(DisconnectReason.PAYLOAD_TOO_LARGE);
    }
}
