package dev.weft.conformance.raw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.conformance.App;
import dev.weft.conformance.Settings;
import dev.weft.faults.Frame;
import dev.weft.faults.LeakLedger;
import dev.weft.faults.PollingSession;
import dev.weft.faults.RawWebSocket;
import dev.weft.server.Weft;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Socket.IO protocol v5 against the app of its public suite, and what Node's server does where the suite is silent. */
@ExtendWith(LeakLedger.class)
class SocketProtocolTest {
    private static final String PATH = "/socket.io/?EIO=4&transport=websocket";

    private static final int SESSIONS = 100;

    private static Weft server;

    @BeforeAll
    static void start() {
        server = App.SOCKETIO.start(Settings.anyPort());
    }

    @AfterAll
    static void stop() {
        server.close();
        assertThat(server.stats().unexpectedFailures()).isZero();
    }

    private static RawWebSocket session() throws IOException {
        RawWebSocket webSocket = RawWebSocket.open(server.port(), PATH);
        assertThat(webSocket.text()).startsWith("0{");
        return webSocket;
    }

    /** Opens a session that has joined the main namespace. */
    private static RawWebSocket connected() throws IOException {
        RawWebSocket webSocket = session().send("40");
        assertThat(next(webSocket).utf8()).startsWith("40{\"sid\":\"");
        assertThat(next(webSocket).utf8()).isEqualTo("42[\"auth\",{}]");
        return webSocket;
    }

    /** Returns the next message that is not a ping; pings are answered. */
    private static Frame next(RawWebSocket webSocket) throws IOException {
        for (Frame frame = webSocket.message(); ; frame = webSocket.message()) {
            if (frame.opcode() != Frame.TEXT || !frame.utf8().equals("2")) {
                return frame;
            }
            webSocket.send("3");
        }
    }

    /** Expects the server to end the connection, whatever pings and packets come before. */
    private static void expectEnd(RawWebSocket webSocket) throws IOException {
        for (Frame frame = Frame.read(webSocket.raw()); frame != null; frame = Frame.read(webSocket.raw())) {
            if (frame.opcode() == Frame.CLOSE) {
                webSocket.raw().trySend(frame.masked());
                assertThat(webSocket.raw().ended()).isTrue();
                return;
            }
            if (frame.utf8().equals("2")) {
                webSocket.raw().trySend(Frame.text("3").masked());
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "40|40|42[\"auth\",{}]",
                "40{}|40|42[\"auth\",{}]",
                "40{\"token\":\"123\"}|40|42[\"auth\",{\"token\":\"123\"}]",
                "40/custom,|40/custom,|42/custom,[\"auth\",{}]",
                "40/custom|40/custom,|42/custom,[\"auth\",{}]",
                "40/custom,{\"token\":\"abc\"}|40/custom,|42/custom,[\"auth\",{\"token\":\"abc\"}]",
                "40/custom?a=b,{\"x\":1}|40/custom,|42/custom,[\"auth\",{\"x\":1}]",
            })
    void connectsToNamespaces(String connect, String prefix, String auth) throws IOException {
        try (RawWebSocket webSocket = session().send(connect)) {
            String answer = next(webSocket).utf8();
            assertThat(answer).matches(java.util.regex.Pattern.quote(prefix) + "\\{\"sid\":\"[^\"]{16,}\"}");
            assertThat(next(webSocket).utf8()).isEqualTo(auth);
        }
    }

    @Test
    void keepsSessionIdsSecret() throws IOException {
        try (RawWebSocket webSocket = RawWebSocket.open(server.port(), PATH)) {
            String session = PollingSession.sidOf(webSocket.text());
            webSocket.send("40");
            assertThat(PollingSession.sidOf(next(webSocket).utf8())).isNotEqualTo(session);
        }
    }

    /** CVE-2017-16031: ids that could be guessed. */
    @Test
    void idsHaveAtLeast128RandomBitsAndAreNeverTheSame() throws IOException {
        Set<String> ids = new HashSet<>();
        BitSet ones = new BitSet();
        BitSet zeros = new BitSet();
        for (int i = 0; i < SESSIONS; i++) {
            try (RawWebSocket webSocket = RawWebSocket.open(server.port(), PATH)) {
                String session = PollingSession.sidOf(webSocket.text());
                webSocket.send("40");
                for (String id :
                        List.of(session, PollingSession.sidOf(next(webSocket).utf8()))) {
                    assertThat(ids.add(id)).as("a new id").isTrue();
                    BitSet bits = BitSet.valueOf(Base64.getUrlDecoder().decode(id));
                    ones.or(bits);
                    bits.flip(0, 128);
                    zeros.or(bits);
                }
            }
        }
        assertThat(ones.get(0, 128).cardinality()).as("bits that were 1").isEqualTo(128);
        assertThat(zeros.get(0, 128).cardinality()).as("bits that were 0").isEqualTo(128);
    }

    @Test
    void refusesAnUnknownNamespaceAndStays() throws IOException {
        try (RawWebSocket webSocket = session().send("40/random,")) {
            assertThat(next(webSocket).utf8()).isEqualTo("44/random,{\"message\":\"Invalid namespace\"}");
            webSocket.send("40");
            assertThat(next(webSocket).utf8()).startsWith("40{");
        }
    }

    @Test
    void endsASessionThatJoinsNothingWithinTheTimeout() throws IOException {
        long start = System.nanoTime();
        try (RawWebSocket webSocket = session()) {
            expectEnd(webSocket);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(900), Duration.ofSeconds(4));
    }

    @Test
    void keepsASessionThatJoinedAndAnswersPings() throws IOException {
        try (RawWebSocket webSocket = connected()) {
            for (int i = 0; i < 5; i++) {
                assertThat(webSocket.text()).isEqualTo("2");
                webSocket.send("3");
            }
            webSocket.send("42[\"message\",1]");
            assertThat(next(webSocket).utf8()).isEqualTo("42[\"message-back\",1]");
        }
    }

    @Test
    void keepsTheConnectionWhenTheMainNamespaceIsLeft() throws IOException {
        try (RawWebSocket webSocket = connected()) {
            webSocket.send("41");
            assertThat(webSocket.text()).isEqualTo("2");
            webSocket.send("3");
            assertThat(webSocket.text()).isEqualTo("2");
        }
    }

    @Test
    void keepsOtherNamespacesWhenOneIsLeft() throws IOException {
        try (RawWebSocket webSocket = connected().send("40/custom")) {
            assertThat(next(webSocket).utf8()).startsWith("40/custom,{");
            assertThat(next(webSocket).utf8()).startsWith("42/custom,[\"auth\"");
            webSocket.send("41/custom").send("42[\"message\",\"to main\"]");
            assertThat(next(webSocket).utf8()).isEqualTo("42[\"message-back\",\"to main\"]");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "42[\"message\",1,\"2\",{\"3\":[true]}]|42[\"message-back\",1,\"2\",{\"3\":[true]}]",
                "42[\"message\"]|42[\"message-back\"]",
                "42[\"message\",{\"z\":1,\"a\":[],\"m\":null}]|42[\"message-back\",{\"z\":1,\"a\":[],\"m\":null}]",
                "42[ \"message\" , 1.5 ]|42[\"message-back\",1.5]",
                "42456[\"message-with-ack\",1,\"2\",{\"3\":[false]}]|43456[1,\"2\",{\"3\":[false]}]",
                "420[\"message-with-ack\"]|430[]",
            })
    void answersEventsAndAcknowledges(String event, String answer) throws IOException {
        try (RawWebSocket webSocket = connected().send(event)) {
            assertThat(next(webSocket).utf8()).isEqualTo(answer);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "452-[\"message\",P0,P1]|452-[\"message-back\",P0,P1]",
                "452-789[\"message-with-ack\",P0,P1]|462-789[P0,P1]",
                "452-[\"message\",{\"a\":[P0]},\"t\",P1]|452-[\"message-back\",{\"a\":[P0]},\"t\",P1]",
            })
    void carriesAttachments(String event, String answer) throws IOException {
        try (RawWebSocket webSocket = connected().send(placeholders(event))) {
            webSocket.send(new byte[] {1, 2, 3}).send(new byte[] {4, 5, 6});
            assertThat(next(webSocket).utf8()).isEqualTo(placeholders(answer));
            assertThat(next(webSocket).payload()).containsExactly(1, 2, 3);
            assertThat(next(webSocket).payload()).containsExactly(4, 5, 6);
        }
    }

    private static String placeholders(String packet) {
        return packet.replaceAll("P([0-9])", "{\"_placeholder\":true,\"num\":$1}");
    }

    @Test
    void ignoresUnknownAcknowledgementsAndUnknownEvents() throws IOException {
        try (RawWebSocket webSocket = connected()) {
            webSocket
                    .send("4399999[1]")
                    .send("42[\"nobody listens\",1]")
                    .send("42[7,1]")
                    .send("42[\"message\",2]");
            assertThat(next(webSocket).utf8()).isEqualTo("42[\"message-back\",2]");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4abc",
                "4",
                "49",
                "47[]",
                "40",
                "40/custom,\"text\"",
                "40/custom,[]",
                "42/custom,[\"message\"]",
                "42",
                "42{}",
                "42[]",
                "42[null]",
                "42[{}]",
                "42[\"message\"",
                "42[\"message\"]x",
                "42nonsense",
                "42abc[\"message-with-ack\",1]",
                "42-1[\"message-with-ack\",1]",
                "42[\"message\",]",
                "42[\"message\",NaN]",
                "42[\"connect\"]",
                "42[\"connect_error\"]",
                "42[\"disconnect\"]",
                "42[\"disconnecting\"]",
                "42[\"newListener\"]",
                "42[\"removeListener\"]",
                "43[1]",
                "431{}",
                "44{}",
                "45[\"message\"]",
                "45-[\"message\"]",
                "4511-[\"message\"]",
                "4599999999999-[\"message\"]",
                "451-[\"message\",{\"_placeholder\":true,\"num\":1}]",
                "451-[\"message\",{\"_placeholder\":true,\"num\":-1}]",
                "451-[\"message\",{\"_placeholder\":true,\"num\":\"0\"}]"
            })
    void endsTheConnectionUponAMalformedPacket(String packet) throws IOException {
        try (RawWebSocket webSocket = connected().send(packet)) {
            webSocket.raw().trySend(Frame.of(Frame.BINARY, new byte[] {1}).masked());
            expectEnd(webSocket);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"4\"text\"", "40\"text\"", "40[]", "40[1]", "401", "42[\"message\"]", "41", "40{"})
    void endsTheConnectionUponAnInvalidHandshake(String packet) throws IOException {
        long start = System.nanoTime();
        try (RawWebSocket webSocket = session().send(packet)) {
            expectEnd(webSocket);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(900));
    }

    @Test
    void endsTheConnectionUponAttachmentsNobodyAnnounced() throws IOException {
        try (RawWebSocket webSocket = connected().send(new byte[] {1})) {
            expectEnd(webSocket);
        }
        try (RawWebSocket webSocket = connected()) {
            webSocket.send(placeholders("451-[\"message\",P0]")).send("42[\"message\",1]");
            expectEnd(webSocket);
        }
    }

    /** They may have been under way when the server ended the socket, so they are no offence. */
    @Test
    void ignoresEventsOfANamespaceThatWasLeft() throws IOException {
        try (RawWebSocket webSocket = connected()) {
            webSocket.send("41").send("42[\"message\",1]").send("41").send("40");
            assertThat(next(webSocket).utf8()).startsWith("40{\"sid\":");
            assertThat(next(webSocket).utf8()).isEqualTo("42[\"auth\",{}]");
        }
    }

    @Test
    void worksOverPollingToo() throws IOException {
        PollingSession session = PollingSession.open(server.port(), "/socket.io/");
        assertThat(session.post("40").text()).isEqualTo("ok");
        StringBuilder seen = new StringBuilder();
        while (!seen.toString().contains("42[\"auth\",{}]")) {
            seen.append(session.pollMessages()).append(PollingSession.NEXT);
        }
        assertThat(seen.toString()).startsWith("40{\"sid\":\"");
        assertThat(session.post("42[\"message\",1]" + PollingSession.NEXT
                                + placeholders("451-7[\"message-with-ack\",P0]") + PollingSession.NEXT + "bAQID")
                        .text())
                .isEqualTo("ok");
        String expected = "42[\"message-back\",1]" + PollingSession.NEXT + placeholders("461-7[P0]")
                + PollingSession.NEXT + "bAQID";
        StringBuilder back = new StringBuilder(session.pollMessages());
        while (back.length() < expected.length()) {
            back.append(PollingSession.NEXT).append(session.pollMessages());
        }
        assertThat(back.toString()).isEqualTo(expected);
    }

    @Test
    void endsAPollingSessionThatSendsGarbage() throws IOException {
        PollingSession session = PollingSession.open(server.port(), "/socket.io/");
        session.post("42[\"message\",1]");
        long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        while (session.poll().status() != 400) {
            assertThat(System.nanoTime()).as("the session ends").isLessThan(deadline);
        }
    }
}
