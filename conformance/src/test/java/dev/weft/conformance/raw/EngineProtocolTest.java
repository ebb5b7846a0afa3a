package dev.weft.conformance.raw;

import static dev.weft.faults.PollingSession.NEXT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.conformance.App;
import dev.weft.conformance.Settings;
import dev.weft.faults.Frame;
import dev.weft.faults.LeakLedger;
import dev.weft.faults.PollingSession;
import dev.weft.faults.RawConnection;
import dev.weft.faults.RawHttp;
import dev.weft.faults.RawWebSocket;
import dev.weft.server.Weft;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Engine.IO protocol v4 against the echo app: what its public suite asks and what Node's server does around it. */
@ExtendWith(LeakLedger.class)
class EngineProtocolTest {
    private static final String PATH = "/engine.io/";
    private static final String POLLING = PATH + "?EIO=4&transport=polling";
    private static final String WEBSOCKET = PATH + "?EIO=4&transport=websocket";
    private static final String LIMITS = ",\"pingInterval\":300,\"pingTimeout\":200,\"maxPayload\":1000000}";

    private static Weft server;

    @BeforeAll
    static void start() {
        server = App.ENGINEIO.start(Settings.anyPort());
    }

    @AfterAll
    static void stop() {
        server.close();
        assertThat(server.stats().unexpectedFailures()).isZero();
    }

    private static PollingSession polling() throws IOException {
        return PollingSession.open(server.port(), PATH);
    }

    /** Opens a session over WebSocket and leaves its open packet unread. */
    private static RawWebSocket unread() throws IOException {
        return RawWebSocket.open(server.port(), WEBSOCKET);
    }

    private static RawWebSocket webSocket() throws IOException {
        RawWebSocket webSocket = unread();
        assertThat(webSocket.text()).startsWith("0{");
        return webSocket;
    }

    /** Returns the next text that is not a ping; pings are answered. */
    private static String text(RawWebSocket webSocket) throws IOException {
        for (String text = webSocket.text(); ; text = webSocket.text()) {
            if (!text.equals("2")) {
                return text;
            }
            webSocket.send("3");
        }
    }

    /** Expects the session to be over: whatever comes before, the connection ends soon. */
    private static void expectEnd(RawWebSocket webSocket) throws IOException {
        for (Frame frame = Frame.read(webSocket.raw()); frame != null; frame = Frame.read(webSocket.raw())) {
            if (frame.opcode() == Frame.CLOSE) {
                webSocket.raw().trySend(frame.masked());
                assertThat(webSocket.raw().ended()).isTrue();
                return;
            }
            assertThat(frame.utf8()).isIn("2", "1");
        }
    }

    // Handshake

    @Test
    void opensASessionOverPolling() throws IOException {
        RawHttp.Response response = RawHttp.exchange(server.port(), RawHttp.get(POLLING));
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("Content-Type")).isEqualToIgnoringCase("text/plain; charset=UTF-8");
        assertThat(response.header("Cache-Control")).isEqualTo("no-store");
        String sid = PollingSession.sidOf(response.text());
        assertThat(response.text()).isEqualTo("0{\"sid\":\"" + sid + "\",\"upgrades\":[\"websocket\"]" + LIMITS);
        assertThat(sid).hasSizeGreaterThanOrEqualTo(20);
    }

    @Test
    void opensASessionOverWebSocket() throws IOException {
        try (RawWebSocket webSocket = unread()) {
            String open = webSocket.text();
            assertThat(open).isEqualTo("0{\"sid\":\"" + PollingSession.sidOf(open) + "\",\"upgrades\":[]" + LIMITS);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "?transport=polling|5|Unsupported protocol version",
                "?EIO=abc&transport=polling|5|Unsupported protocol version",
                "?EIO=3&transport=polling|5|Unsupported protocol version",
                "?EIO=4|0|Transport unknown",
                "?EIO=4&transport=abc|0|Transport unknown",
                "?EIO=4&transport=constructor|0|Transport unknown",
                "?EIO=4&transport=polling&sid=unknown|1|Session ID unknown",
                "?EIO=4&transport=websocket|3|Bad request",
            })
    void refusesHandshakesWithCodeAndMessage(String query, int code, String message) throws IOException {
        RawHttp.Response response = RawHttp.exchange(server.port(), RawHttp.get(PATH + query));
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.header("Content-Type")).startsWith("application/json");
        assertThat(response.text()).isEqualTo("{\"code\":" + code + ",\"message\":\"" + message + "\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
    void opensASessionOnlyWithGet(String method) throws IOException {
        String request = RawHttp.request(method, POLLING, "", "Content-Length: 0");
        RawHttp.Response response = RawHttp.exchange(server.port(), request);
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.text()).isEqualTo("{\"code\":2,\"message\":\"Bad handshake method\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "?transport=websocket|Unsupported protocol version",
                "?EIO=abc&transport=websocket|Unsupported protocol version",
                "?EIO=4|Transport unknown",
                "?EIO=4&transport=abc|Transport unknown",
                "?EIO=4&transport=websocket&sid=unknown|Session ID unknown",
            })
    void refusesUpgradesWithAPlainMessage(String query, String message) throws IOException {
        try (RawConnection connection = RawConnection.open(server.port())) {
            connection.send(RawWebSocket.handshake(PATH + query));
            RawHttp.Response response = RawHttp.read(connection);
            assertThat(response.status()).isEqualTo(400);
            assertThat(response.text()).contains(message);
            assertThat(connection.ended()).isTrue();
        }
    }

    // Messages

    @ParameterizedTest
    @ValueSource(
            strings = {"4hello", "4", "4test1\u001e4test2\u001e4test3", "4hello\u001ebAQIDBA==", "b", "4ünï\uD83D\uDE00"
            })
    void echoesPayloadsOverPolling(String body) throws IOException {
        PollingSession session = polling();
        RawHttp.Response posted = session.post(body);
        assertThat(posted.status()).isEqualTo(200);
        assertThat(posted.text()).isEqualTo("ok");
        assertThat(posted.header("Content-Type")).startsWith("text/html");
        StringBuilder back = new StringBuilder(session.pollMessages());
        while (back.length() < body.length()) {
            back.append(NEXT).append(session.pollMessages());
        }
        assertThat(back.toString()).isEqualTo(body);
    }

    @Test
    void readsBase64ThatAClientBrokeIntoLines() throws IOException {
        PollingSession session = polling();
        assertThat(session.post("bAQID\r\nBA==\n").status()).isEqualTo(200);
        assertThat(session.pollMessages()).isEqualTo("bAQIDBA==");
    }

    @Test
    void echoesTextAndBinaryOverWebSocket() throws IOException {
        try (RawWebSocket webSocket = webSocket()) {
            webSocket.send("4hello");
            assertThat(text(webSocket)).isEqualTo("4hello");
            webSocket.send(new byte[] {1, 2, 3, 4});
            Frame back = webSocket.message();
            assertThat(back.opcode()).isEqualTo(Frame.BINARY);
            assertThat(back.payload()).containsExactly(1, 2, 3, 4);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "7", "4ok\u001e", "", "4ok\u001eabc", "b***", "0{}", "2", "5", "é"})
    void endsASessionThatPostsAnInvalidPacket(String body) throws IOException {
        PollingSession session = polling();
        assertThat(session.post(body).status()).isIn(200, 400);
        assertThat(session.poll().status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "7", "", "0{}", "2", "é"})
    void endsASessionThatSendsAnInvalidPacket(String packet) throws IOException {
        try (RawWebSocket webSocket = webSocket()) {
            webSocket.send(packet);
            expectEnd(webSocket);
        }
    }

    @Test
    void refusesOctetsInAPost() throws IOException {
        PollingSession session = polling();
        String request = RawHttp.post(session.target("polling"), "4hello", "Content-Type: application/octet-stream");
        assertThat(RawHttp.exchange(server.port(), request).status()).isEqualTo(400);
    }

    @Test
    void refusesTooLargeABodyWith413() throws IOException {
        PollingSession session = polling();
        try (RawConnection connection = RawConnection.open(server.port())) {
            connection.send("POST " + session.target("polling")
                    + " HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: 1000001\r\n\r\n");
            assertThat(RawHttp.read(connection).status()).isEqualTo(413);
        }
    }

    @Test
    void failsTooLargeAMessageWith1009() throws IOException {
        try (RawWebSocket webSocket = webSocket()) {
            webSocket.raw().send(Frame.of(Frame.TEXT, new byte[0]).declaring(1_000_001));
            for (Frame frame = webSocket.next(); ; frame = webSocket.next()) {
                if (frame.opcode() == Frame.CLOSE) {
                    assertThat(frame.closeCode()).isEqualTo(1009);
                    return;
                }
            }
        }
    }

    @Test
    void endsASessionThatPollsTwiceAtOnce() throws Exception {
        PollingSession session = polling();
        try (RawConnection first = session.parkedPoll()) {
            assertThat(session.poll().status()).isEqualTo(400);
            RawHttp.Response released = RawHttp.read(first);
            assertThat(released.status()).isEqualTo(200);
            assertThat(released.text()).isEqualTo("1");
        }
        assertThat(session.poll().status()).isEqualTo(400);
    }

    @Test
    void endsASessionThatPostsTwiceAtOnce() throws Exception {
        PollingSession session = polling();
        try (RawConnection first = RawConnection.open(server.port())) {
            first.send("POST " + session.target("polling")
                    + " HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: 6\r\n\r\n4he");
            assertThat(first.silentFor(50)).isTrue();
            assertThat(session.post("4second").status()).isEqualTo(400);
        }
        assertThat(session.poll().status()).isEqualTo(400);
    }

    @Test
    void endsASessionWhosePostBreaksOff() throws Exception {
        PollingSession session = polling();
        try (RawConnection broken = RawConnection.open(server.port())) {
            broken.send("POST " + session.target("polling")
                    + " HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: 6\r\n\r\n4he");
        }
        awaitGone(session);
    }

    @Test
    void endsASessionWhosePollIsCancelled() throws Exception {
        PollingSession session = polling();
        session.parkedPoll().close();
        awaitGone(session);
    }

    @Test
    void refusesAnotherTransportThanTheSessions() throws IOException {
        try (RawWebSocket webSocket = unread()) {
            String sid = PollingSession.sidOf(webSocket.text());
            RawHttp.Response response = RawHttp.exchange(server.port(), RawHttp.get(POLLING + "&sid=" + sid));
            assertThat(response.status()).isEqualTo(400);
            assertThat(response.text()).isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
            webSocket.send("4still here");
            assertThat(text(webSocket)).isEqualTo("4still here");
        }
    }

    // Heartbeat

    @Test
    void pingsOverPolling() throws IOException {
        PollingSession session = polling();
        for (int i = 0; i < 3; i++) {
            assertThat(session.poll().text()).isEqualTo("2");
            assertThat(session.post("3").text()).isEqualTo("ok");
        }
    }

    @Test
    void pingsOverWebSocket() throws IOException {
        try (RawWebSocket webSocket = webSocket()) {
            for (int i = 0; i < 3; i++) {
                assertThat(webSocket.text()).isEqualTo("2");
                webSocket.send("3");
            }
        }
    }

    @Test
    void endsASilentPollingSessionAfterIntervalAndTimeout() throws Exception {
        PollingSession session = polling();
        long start = System.nanoTime();
        assertThat(session.poll().text()).isEqualTo("2");
        awaitGone(session);
        Duration alive = Duration.ofNanos(System.nanoTime() - start);
        assertThat(alive).isBetween(Duration.ofMillis(300), Duration.ofSeconds(3));
    }

    @Test
    void endsASilentWebSocketAlthoughMessagesFlow() throws IOException {
        try (RawWebSocket webSocket = webSocket()) {
            assertThat(webSocket.text()).isEqualTo("2");
            webSocket.send("4only a pong proves life");
            assertThat(webSocket.text()).startsWith("4only");
            expectEnd(webSocket);
        }
    }

    // Close

    @Test
    void closesOverPollingAndReleasesThePoll() throws IOException {
        PollingSession session = polling();
        try (RawConnection parked = session.parkedPoll()) {
            assertThat(session.post("1").text()).isEqualTo("ok");
            RawHttp.Response released = RawHttp.read(parked);
            assertThat(released.status()).isEqualTo(200);
            assertThat(released.text()).isEqualTo("6");
        }
        assertThat(session.poll().status()).isEqualTo(400);
    }

    @Test
    void closesOverWebSocket() throws IOException {
        try (RawWebSocket webSocket = webSocket()) {
            webSocket.send("1");
            expectEnd(webSocket);
        }
    }

    // Upgrade

    @Test
    void upgradesAndReleasesTheParkedPoll() throws IOException {
        PollingSession session = polling();
        try (RawConnection parked = session.parkedPoll();
                RawWebSocket webSocket = session.webSocket()) {
            webSocket.send("2probe");
            assertThat(webSocket.text()).isEqualTo("3probe");
            assertThat(RawHttp.read(parked).text()).isEqualTo("6");
            webSocket.send("5").send("4hello");
            assertThat(text(webSocket)).isEqualTo("4hello");
        }
    }

    @Test
    void answersAPollDuringAnUpgradeWithANoop() throws IOException {
        PollingSession session = polling();
        try (RawWebSocket webSocket = session.webSocket()) {
            webSocket.send("2probe");
            assertThat(webSocket.text()).isEqualTo("3probe");
            assertThat(session.poll().text()).isEqualTo("6");
            webSocket.send("5").send("4hello");
            assertThat(text(webSocket)).isEqualTo("4hello");
        }
    }

    @Test
    void deliversOverTheNewTransportWhatWaitedDuringTheUpgrade() throws IOException {
        PollingSession session = polling();
        try (RawWebSocket webSocket = session.webSocket()) {
            assertThat(session.post("4one" + NEXT + "4two").status()).isEqualTo(200);
            webSocket.send("2probe");
            assertThat(webSocket.text()).isEqualTo("3probe");
            webSocket.send("5").send("4three");
            assertThat(text(webSocket)).isEqualTo("4one");
            assertThat(text(webSocket)).isEqualTo("4two");
            assertThat(text(webSocket)).isEqualTo("4three");
        }
    }

    @Test
    void ignoresRequestsOfAnUpgradedSession() throws IOException {
        PollingSession session = polling();
        try (RawWebSocket webSocket = upgraded(session)) {
            assertThat(session.poll().status()).isEqualTo(400);
            assertThat(session.post("4lost").status()).isEqualTo(400);
            try (RawConnection second = RawConnection.open(server.port())) {
                second.send(RawWebSocket.handshake(session.target("websocket")));
                assertThat(endsWithoutAnswer(second)).isTrue();
            }
            webSocket.send("4alive");
            assertThat(text(webSocket)).isEqualTo("4alive");
        }
    }

    @Test
    void keepsPollingWhenTheProbeIsWrong() throws IOException {
        PollingSession session = polling();
        try (RawWebSocket webSocket = session.webSocket()) {
            webSocket.send("4not a probe");
            expectEnd(webSocket);
        }
        assertThat(session.post("4hello").status()).isEqualTo(200);
        assertThat(session.pollMessages()).isEqualTo("4hello");
    }

    private static RawWebSocket upgraded(PollingSession session) throws IOException {
        RawWebSocket webSocket = session.webSocket();
        webSocket.send("2probe");
        assertThat(webSocket.text()).isEqualTo("3probe");
        webSocket.send("5").send("4upgraded");
        assertThat(text(webSocket)).isEqualTo("4upgraded");
        return webSocket;
    }

    /** A second WebSocket of a session is refused, or accepted and closed at once, but never served. */
    private static boolean endsWithoutAnswer(RawConnection connection) throws IOException {
        RawHttp.Response response = RawHttp.read(connection);
        if (response.status() != 101) {
            return response.status() == 400 && connection.ended();
        }
        Frame frame = Frame.read(connection);
        return frame == null || frame.opcode() == Frame.CLOSE;
    }

    /** Polls until the session is unknown; a poll that is answered keeps it alive for no longer than its pongs. */
    private static void awaitGone(PollingSession session) throws IOException {
        long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        while (session.poll().status() != 400) {
            assertThat(System.nanoTime()).as("the session ends").isLessThan(deadline);
        }
    }
}
