package dev.weft.conformance.raw;

import static dev.weft.faults.Frame.BINARY;
import static dev.weft.faults.Frame.CLOSE;
import static dev.weft.faults.Frame.CONTINUATION;
import static dev.weft.faults.Frame.PING;
import static dev.weft.faults.Frame.PONG;
import static dev.weft.faults.Frame.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.conformance.App;
import dev.weft.conformance.Settings;
import dev.weft.faults.Frame;
import dev.weft.faults.LeakLedger;
import dev.weft.faults.RawWebSocket;
import dev.weft.server.Weft;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames, messages and UTF-8 (RFC 6455, sections 5 and 8.1), byte by byte against the raw echo server. */
@ExtendWith(LeakLedger.class)
class WebSocketObligationsTest {
    private static final int MAX_MESSAGE = 16 * 1024 * 1024;
    private static final byte[] NOTHING = {};

    private static Weft server;

    @BeforeAll
    static void start() {
        server = App.WEBSOCKET.start(Settings.anyPort());
    }

    @AfterAll
    static void stop() {
        server.close();
        assertThat(server.stats().unexpectedFailures()).isZero();
    }

    private static RawWebSocket open() throws IOException {
        return RawWebSocket.open(server.port(), "/");
    }

    private static void expectClose(int code, byte[] bytes) throws IOException {
        try (RawWebSocket webSocket = open()) {
            webSocket.raw().trySend(bytes);
            webSocket.expectClose(code);
        }
    }

    private static byte[] octets(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    // Section 5.2: the frame

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 7, 8, 9, 125, 126, 127, 128, 65_535, 65_536, 65_537, 1_000_003})
    void echoesMessagesOfEveryLengthEncoding(int length) throws IOException {
        try (RawWebSocket webSocket = open()) {
            byte[] bytes = octets(length);
            String text = "x".repeat(length);
            webSocket.send(bytes).send(text);
            assertThat(Arrays.equals(webSocket.message().payload(), bytes)).isTrue();
            assertThat(webSocket.text()).isEqualTo(text);
        }
    }

    @Test
    void echoesTheLargestMessage() throws IOException {
        try (RawWebSocket webSocket = open()) {
            byte[] bytes = octets(MAX_MESSAGE);
            webSocket.send(bytes);
            assertThat(Arrays.equals(webSocket.message().payload(), bytes)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 997})
    void readsFramesCutAnywhere(int piece) throws IOException {
        try (RawWebSocket webSocket = open()) {
            byte[] bytes = octets(3_000);
            webSocket.raw().sendInPieces(Frame.of(BINARY, bytes).masked(), piece);
            webSocket.raw().sendInPieces(Frame.text("ünï\uD83D\uDE00").masked(), piece);
            assertThat(webSocket.message().payload()).isEqualTo(bytes);
            assertThat(webSocket.text()).isEqualTo("ünï\uD83D\uDE00");
        }
    }

    @Test
    void answersManyFramesOfOneSegmentInOrder() throws IOException {
        try (RawWebSocket webSocket = open()) {
            Frame[] frames = new Frame[1_000];
            Arrays.setAll(frames, i -> Frame.text("message " + i));
            webSocket.send(frames);
            for (Frame frame : frames) {
                assertThat(webSocket.text()).isEqualTo(frame.utf8());
            }
        }
    }

    @Test
    void failsUnmaskedFrames() throws IOException {
        expectClose(1002, Frame.text("unmasked").unmasked());
        expectClose(1002, Frame.of(PING, NOTHING).unmasked());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void failsReservedBits(int bits) throws IOException {
        expectClose(1002, Frame.text("x").withRsv(bits).masked());
        expectClose(1002, Frame.of(PING, NOTHING).withRsv(bits).masked());
        expectClose(1002, Frame.close(1000, "").withRsv(bits).masked());
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 6, 7, 11, 12, 13, 14, 15})
    void failsUnknownOpcodes(int opcode) throws IOException {
        expectClose(1002, Frame.of(opcode, NOTHING).masked());
        expectClose(1002, Frame.of(opcode, octets(10)).masked());
    }

    @ParameterizedTest
    @CsvSource({"0, 2", "125, 2", "0, 8", "125, 8", "126, 8", "65535, 8"})
    void failsLengthsThatAreNotMinimal(int length, int field) throws IOException {
        expectClose(1002, Frame.of(BINARY, octets(length)).withLengthField(field));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1L, Long.MIN_VALUE, Long.MIN_VALUE + 5})
    void failsA64BitLengthWithItsTopBitSet(long length) throws IOException {
        expectClose(1002, Frame.of(BINARY, NOTHING).declaring(length));
    }

    // Limits, on what is declared, before anything of it has come

    @ParameterizedTest
    @ValueSource(longs = {MAX_MESSAGE + 1L, 1L << 31, 1L << 32, Long.MAX_VALUE})
    void failsADeclaredLengthOverTheLimitBeforeThePayload(long length) throws IOException {
        expectClose(1009, Frame.of(BINARY, NOTHING).declaring(length));
        expectClose(1009, Frame.of(TEXT, NOTHING).declaring(length));
    }

    @Test
    void failsFragmentsThatTogetherExceedTheLimit() throws IOException {
        try (RawWebSocket webSocket = open()) {
            webSocket.send(Frame.of(BINARY, octets(1_000)).notLast());
            webSocket.raw().send(Frame.of(CONTINUATION, NOTHING).declaring(MAX_MESSAGE - 999L));
            webSocket.expectClose(1009);
        }
    }

    // Section 5.5: control frames

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 124, 125})
    void answersAPingWithItsPayload(int length) throws IOException {
        try (RawWebSocket webSocket = open()) {
            webSocket.send(Frame.of(PING, octets(length)));
            Frame pong = webSocket.next();
            assertThat(pong.opcode()).isEqualTo(PONG);
            assertThat(pong.payload()).isEqualTo(octets(length));
        }
    }

    @Test
    void answersEveryPingInOrder() throws IOException {
        try (RawWebSocket webSocket = open()) {
            Frame[] pings = new Frame[100];
            Arrays.setAll(pings, i -> Frame.of(PING, new byte[] {(byte) i}));
            webSocket.send(pings);
            for (int i = 0; i < pings.length; i++) {
                assertThat(webSocket.next().payload()).containsExactly(i);
            }
        }
    }

    @Test
    void ignoresUnsolicitedPongs() throws IOException {
        try (RawWebSocket webSocket = open()) {
            webSocket.send(Frame.of(PONG, NOTHING), Frame.of(PONG, octets(125)), Frame.text("after"));
            assertThat(webSocket.text()).isEqualTo("after");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {CLOSE, PING, PONG})
    void failsLongAndFragmentedControlFrames(int opcode) throws IOException {
        expectClose(1002, Frame.of(opcode, octets(126)).masked());
        expectClose(1002, Frame.of(opcode, NOTHING).declaring(70_000));
        expectClose(1002, Frame.of(opcode, NOTHING).notLast().masked());
    }

    // Section 5.4: fragmentation

    @Test
    void answersControlFramesBetweenFragments() throws IOException {
        try (RawWebSocket webSocket = open()) {
            webSocket.send(Frame.text("one ").notLast(), Frame.of(PING, new byte[] {7}));
            assertThat(webSocket.next().opcode()).isEqualTo(PONG);
            webSocket.send(Frame.of(PONG, NOTHING), Frame.of(CONTINUATION, "two".getBytes(StandardCharsets.UTF_8)));
            assertThat(webSocket.text()).isEqualTo("one two");
        }
    }

    @Test
    void acceptsEmptyFragments() throws IOException {
        try (RawWebSocket webSocket = open()) {
            Frame empty = Frame.of(CONTINUATION, NOTHING);
            webSocket.send(
                    Frame.of(TEXT, NOTHING).notLast(),
                    empty.notLast(),
                    Frame.of(CONTINUATION, new byte[] {'x'}).notLast(),
                    empty);
            assertThat(webSocket.text()).isEqualTo("x");
            webSocket.send(Frame.of(TEXT, NOTHING).notLast(), empty);
            assertThat(webSocket.text()).isEmpty();
        }
    }

    @Test
    void joinsManyFragments() throws IOException {
        try (RawWebSocket webSocket = open()) {
            Frame[] frames = new Frame[20_000];
            Arrays.setAll(
                    frames,
                    i -> Frame.of(i == 0 ? BINARY : CONTINUATION, new byte[] {(byte) i})
                            .notLast());
            webSocket.send(frames).send(Frame.of(CONTINUATION, NOTHING));
            byte[] joined = webSocket.message().payload();
            assertThat(joined).hasSize(frames.length);
            assertThat(joined[300]).isEqualTo((byte) 300);
        }
    }

    @Test
    void failsAContinuationWithoutAStart() throws IOException {
        expectClose(1002, Frame.of(CONTINUATION, octets(3)).masked());
        expectClose(1002, Frame.of(CONTINUATION, octets(3)).notLast().masked());
        try (RawWebSocket webSocket = open()) {
            webSocket.send(Frame.text("whole"), Frame.of(CONTINUATION, NOTHING));
            assertThat(webSocket.text()).isEqualTo("whole");
            webSocket.expectClose(1002);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {TEXT, BINARY})
    void failsANewMessageInsideAFragmentedOne(int opcode) throws IOException {
        try (RawWebSocket webSocket = open()) {
            webSocket.send(Frame.text("one").notLast(), Frame.of(opcode, octets(0)));
            webSocket.expectClose(1002);
        }
    }

    // Section 8.1: text is UTF-8

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "7f",
                "c280",
                "dfbf",
                "e0a080",
                "ed9fbf",
                "ee8080",
                "efbfbf",
                "f0908080",
                "f48fbfbf",
                "cebae1bdb9cf83cebcceb5",
                "efbbbf41",
                "efbfbe",
                "f09f9880f09f9880"
            })
    void echoesValidTextHoweverItIsCut(String hex) throws IOException {
        byte[] utf8 = HexFormat.of().parseHex(hex);
        try (RawWebSocket webSocket = open()) {
            webSocket.send(Frame.hex(TEXT, hex));
            assertThat(webSocket.message().payload()).isEqualTo(utf8);
            for (int cut = 0; cut <= utf8.length; cut++) {
                Frame first = Frame.of(TEXT, Arrays.copyOf(utf8, cut)).notLast();
                webSocket.send(first, Frame.of(CONTINUATION, Arrays.copyOfRange(utf8, cut, utf8.length)));
                assertThat(webSocket.message().payload()).isEqualTo(utf8);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80",
                "bf",
                "c0",
                "c1",
                "f5",
                "f8",
                "fe",
                "ff",
                "41c3",
                "e282",
                "f09f98", // the last three: truncated
                "c328",
                "e228",
                "e28228",
                "f028",
                "f09f28",
                "f09f9828",
                "e080",
                "e09f",
                "eda0",
                "edbf",
                "f080",
                "f08f",
                "f490",
                "f4bf",
                "c3c3",
                "cebae1bdb9cf83cebcceb5eda080656469746564",
                "6162f888808080"
            })
    void failsInvalidText(String hex) throws IOException {
        expectClose(1007, Frame.hex(TEXT, hex).masked());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80",
                "c0",
                "c1",
                "f5",
                "ff",
                "4180",
                "c328",
                "e080",
                "eda0",
                "f080",
                "f490",
                "e28228",
                "f09f9828",
                "6162636465666768696a6b6c6d6e6f70c0"
            })
    void failsTheFirstImpossibleByteBeforeTheFrameIsComplete(String hex) throws IOException {
        expectClose(1007, Frame.hex(TEXT, hex).declaring(1_000));
    }

    @Test
    void failsTheFirstImpossibleByteBeforeTheMessageIsComplete() throws IOException {
        try (RawWebSocket webSocket = open()) {
            webSocket.send(
                    Frame.hex(TEXT, "41ed").notLast(),
                    Frame.hex(CONTINUATION, "a0").notLast());
            webSocket.expectClose(1007);
        }
    }

    @Test
    void waitsForTheRestOfACharacterThatMayStillBeValid() throws IOException {
        try (RawWebSocket webSocket = open()) {
            webSocket.raw().send(Frame.hex(TEXT, "f09f98").declaring(4));
            assertThat(webSocket.raw().silentFor(100)).isTrue();
            webSocket.raw().send(new byte[] {(byte) (0x80 ^ 0x3D)});
            assertThat(webSocket.text()).isEqualTo("\uD83D\uDE00");
        }
    }

    @Test
    void failsACharacterTruncatedAtTheEndOfAFragmentedMessage() throws IOException {
        try (RawWebSocket webSocket = open()) {
            webSocket.send(Frame.hex(TEXT, "e2").notLast(), Frame.hex(CONTINUATION, "82"));
            webSocket.expectClose(1007);
        }
    }

    @Test
    void allowsAnythingInBinary() throws IOException {
        try (RawWebSocket webSocket = open()) {
            webSocket.send(Frame.hex(BINARY, "fffe80c0"));
            assertThat(webSocket.message().payload()).isEqualTo(HexFormat.of().parseHex("fffe80c0"));
        }
    }
}
