package dev.weft.conformance.raw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Message;
import dev.weft.Session;
import dev.weft.faults.Frame;
import dev.weft.faults.LeakLedger;
import dev.weft.faults.PollingSession;
import dev.weft.faults.RawWebSocket;
import dev.weft.server.Options;
import dev.weft.server.Weft;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A session over WebSocket ends with a close frame whenever the peer can still see one. */
@Timeout(60)
@ExtendWith(LeakLedger.class)
class EngineClosingTest {
    private static final String ECHO = "/echo/";
    private static final String CLOSING = "/closing/";
    private static final String SOCKET_IO = "/socket.io/";

    private Weft server;

    @BeforeEach
    void start() {
        server = Weft.builder()
                .host("127.0.0.1")
                .port(0)
                .options(Options.defaults().closeTimeout(Duration.ofMillis(500)))
                .engine(ECHO, EngineClosingTest::echo)
                .namespace("/", namespace -> {})
                .engine(CLOSING, EngineClosingTest::cut)
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
        assertThat(server.stats().unexpectedFailures()).isZero();
    }

    private static void echo(Session session) {
        for (Message message = session.receive(); message != null; message = session.receive()) {
            if (message instanceof Message.Text text && text.text().equals("end")) {
                session.send("farewell");
                return;
            }
            session.send(message);
        }
    }

    /** Ends the session in a way that sends nothing. */
    private static void cut(Session session) {
        session.receive();
        throw new IllegalStateException("a handler that fails, as this test wants");
    }

    private RawWebSocket open(String path) throws IOException {
        RawWebSocket webSocket = RawWebSocket.open(server.port(), path + "?EIO=4&transport=websocket");
        assertThat(webSocket.text()).startsWith("0{");
        return webSocket;
    }

    @ParameterizedTest
    @ValueSource(strings = {ECHO, SOCKET_IO})
    void answersTheClosePacketWithCloseFrame1000(String path) throws IOException {
        try (RawWebSocket webSocket = open(path)) {
            webSocket.send("1").expectClose(1000);
        }
    }

    @Test
    void answersTheClosePacketOfAnUpgradedSessionWithCloseFrame1000() throws IOException {
        try (RawWebSocket webSocket = PollingSession.open(server.port(), ECHO).webSocket()) {
            assertThat(webSocket.send("2probe").text()).isEqualTo("3probe");
            webSocket.send("5").send("1").expectClose(1000);
        }
    }

    @Test
    void deliversNothingThatComesBehindTheClosePacket() throws IOException {
        try (RawWebSocket webSocket = open(ECHO)) {
            webSocket.send(Frame.text("1"), Frame.text("4late"), Frame.text("no packet"));
            webSocket.expectClose(1000);
        }
    }

    @Test
    void endsTcpAlthoughTheClientDoesNotAnswerTheCloseFrame() throws IOException {
        try (RawWebSocket webSocket = open(ECHO)) {
            Frame close = webSocket.send("1").next();
            assertThat(close.opcode()).isEqualTo(Frame.CLOSE);
            assertThat(close.closeCode()).isEqualTo(1000);
            assertThat(webSocket.raw().ended()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {ECHO, SOCKET_IO})
    void answersWhatIsNoPacketWithCloseFrame1002(String path) throws IOException {
        try (RawWebSocket webSocket = open(path)) {
            webSocket.send("no packet").expectClose(1002);
        }
    }

    @Test
    void sendsWhatAHandlerLeftBeforeTheCloseFrame() throws IOException {
        try (RawWebSocket webSocket = open(ECHO)) {
            assertThat(webSocket.send("4end").text()).isEqualTo("4farewell");
            webSocket.expectClose(1000);
        }
    }

    /** Between two polls nobody can be told; the next one is, once. */
    @Test
    void tellsAPollingClientInItsNextPollThatTheServerHasClosed() throws IOException {
        PollingSession client = PollingSession.open(server.port(), CLOSING);
        assertThat(client.post("4close").status()).isEqualTo(200);
        Instant limit = Instant.now().plusSeconds(10);
        while (server.stats().sessions() > 0) {
            assertThat(Instant.now()).isBefore(limit);
            LockSupport.parkNanos(1_000_000);
        }
        assertThat(client.poll().text()).isEqualTo("1");
        assertThat(client.poll().status()).isEqualTo(400);
    }
}
