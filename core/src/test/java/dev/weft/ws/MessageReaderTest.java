package dev.weft.ws;

import static dev.weft.ws.Wire.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.CloseCode;
import dev.weft.Message;
import dev.weft.bytes.Bytes;
import dev.weft.net.ByteInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageReaderTest {
    private static Incoming text(String text) {
        return new Incoming.Data(Message.text(text));
    }

    private static Incoming binary(String hex) {
        return new Incoming.Data(new Message.Binary(Bytes.hex(hex)));
    }

    private static void accepts(String hex, Incoming... expected) {
        assertThat(Wire.read(hex(hex))).isEqualTo(new Wire.Outcome(List.of(expected), "end"));
    }

    private static void refuses(String hex, int code, String reasonPart) {
        Wire.Outcome outcome = Wire.read(hex(hex));
        assertThat(outcome.end()).startsWith(code + " ").contains(reasonPart);
    }

    @Nested
    class Section51Masking {
        @Test
        void unmasksWithTheKeyOfTheFrame() {
            accepts("81 85 37fa213d 7f9f4d5158 (the example of section 5.7)", text("Hello"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"81 05 48656c6c6f", "82 00", "80 00", "88 00", "89 00", "8a 00", "82 7e 0100"})
        void refusesFramesThatAreNotMaskedWith1002(String hex) {
            refuses(hex, 1002, "expected a masked frame");
        }
    }

    @Nested
    class Section52Header {
        @ParameterizedTest
        @ValueSource(strings = {"c1", "a1", "91", "f1", "c2", "c8", "99", "ca", "40", "d0"})
        void refusesReservedBitsWith1002AtTheFirstByte(String hex) {
            refuses(hex, 1002, "expected reserved bits 0");
        }

        @ParameterizedTest
        @ValueSource(strings = {"83", "84", "85", "86", "87", "8b", "8c", "8d", "8e", "8f", "03", "0b"})
        void refusesUnknownOpcodesWith1002AtTheFirstByte(String hex) {
            refuses(
                    hex,
                    1002,
                    "expected opcode 0, 1, 2, 8, 9 or 10 but it was " + Integer.parseInt(hex.substring(1), 16));
        }

        @ParameterizedTest
        @CsvSource({
            "82 fe 0000, 0",
            "82 fe 007d, 125",
            "82 ff 0000000000000000, 0",
            "82 ff 000000000000007e, 126",
            "82 ff 000000000000ffff, 65535",
        })
        void refusesLengthsThatAreNotMinimalWith1002(String hex, int length) {
            refuses(hex, 1002, "expected the shortest form of a length but " + length + " came");
        }

        @ParameterizedTest
        @ValueSource(strings = {"82 ff 8000000000000000", "82 ff ffffffffffffffff"})
        void refusesA64BitLengthWithTheTopBitWith1002(String hex) {
            refuses(hex, 1002, "below 2^63");
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 125, 126, 127, 65_535, 65_536, Wire.MAX_MESSAGE})
        void acceptsEveryFormOfLength(int length) {
            byte[] payload = new byte[length];
            java.util.Arrays.fill(payload, (byte) 0x5a);
            assertThat(Wire.read(Wire.frame(0x82, payload, 0x01020304)).received())
                    .containsExactly(new Incoming.Data(Message.binary(payload)));
        }
    }

    @Nested
    class Section54Fragmentation {
        @Test
        void putsFragmentsTogether() {
            accepts("01 83 00000000 48656c (Hel) 80 82 00000000 6c6f (lo)", text("Hello"));
            accepts("02 81 00000000 01  00 81 ffffffff fd  80 81 00000000 03", binary("010203"));
        }

        @Test
        void acceptsEmptyFragments() {
            accepts("01 80 00000000 00 80 00000000 80 80 00000000", text(""));
            accepts("02 80 00000000 00 81 00000000 07 80 80 00000000", binary("07"));
        }

        @Test
        void deliversControlFramesBetweenFragmentsAtOnce() {
            accepts(
                    "01 81 00000000 41  89 81 00000000 70  8a 80 00000000  80 81 00000000 42",
                    new Incoming.Ping(Bytes.utf8("p")),
                    new Incoming.Pong(Bytes.EMPTY),
                    text("AB"));
        }

        @Test
        void startsOverAfterEachMessage() {
            accepts(
                    "01 81 00000000 41 80 80 00000000  82 81 00000000 42  81 80 00000000",
                    text("A"),
                    binary("42"),
                    text(""));
        }

        @ParameterizedTest
        @ValueSource(strings = {"80 80 00000000", "00 80 00000000", "81 80 00000000 80 81 00000000 41"})
        void refusesAContinuationOutsideAMessageWith1002(String hex) {
            refuses(hex, 1002, "expected TEXT or BINARY but a CONTINUATION came outside a message");
        }

        @ParameterizedTest
        @ValueSource(strings = {"01 80 00000000 81 80 00000000", "02 80 00000000 01 80 00000000"})
        void refusesANewDataFrameWithinAMessageWith1002(String hex) {
            refuses(hex, 1002, "expected a CONTINUATION but TEXT came within a message");
        }
    }

    @Nested
    class Section55ControlFrames {
        @ParameterizedTest
        @ValueSource(strings = {"08", "09", "0a"})
        void refusesFragmentedControlFramesWith1002AtTheFirstByte(String hex) {
            refuses(hex, 1002, "expected a control frame in one piece");
        }

        @ParameterizedTest
        @ValueSource(strings = {"88 fe", "89 fe", "8a ff"})
        void refusesControlFramesOfMoreThan125BytesWith1002AtTheLength(String hex) {
            refuses(hex, 1002, "expected a control frame of at most 125 bytes");
        }

        @Test
        void acceptsControlFramesOf125Bytes() {
            byte[] payload = new byte[125];
            assertThat(Wire.read(Wire.frame(0x89, payload, 0x11223344)).received())
                    .containsExactly(new Incoming.Ping(Bytes.copyOf(payload)));
        }

        @Test
        void acceptsUnaskedPongs() {
            accepts("8a 82 00000000 6869", new Incoming.Pong(Bytes.utf8("hi")));
        }
    }

    @Nested
    class Section551Close {
        @Test
        void readsAnEmptyCloseAsNoStatus() {
            accepts("88 80 00000000", new Incoming.Close(CloseCode.NO_STATUS, ""));
        }

        @Test
        void readsCodeAndReason() {
            accepts("88 82 00000000 03e8", new Incoming.Close(CloseCode.NORMAL, ""));
            accepts("88 85 00000000 0fa0 e282ac", new Incoming.Close(new CloseCode(4000), "€"));
        }

        @Test
        void refusesAPayloadOfOneByteWith1002() {
            refuses("88 81 00000000 03", 1002, "0 or at least 2 bytes");
        }

        @Test
        void acceptsExactlyTheLegalCodes() {
            for (int code = 0; code <= 0xFFFF; code++) {
                boolean legal = (code >= 1000 && code <= 1003)
                        || (code >= 1007 && code <= 1014)
                        || (code >= 3000 && code <= 4999);
                Wire.Outcome outcome = Wire.read(hex("88 82 00000000 %04x".formatted(code)));
                if (legal) {
                    assertThat(outcome.received()).containsExactly(new Incoming.Close(new CloseCode(code), ""));
                } else {
                    assertThat(outcome.end()).startsWith("1002 ").endsWith("it was " + code);
                }
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"88 83 00000000 03e8 ff", "88 84 00000000 03e8 e282", "88 85 00000000 03e8 eda080"})
        void refusesAReasonThatIsNotUtf8With1007(String hex) {
            refuses(hex, 1007, "expected a close reason in UTF-8");
        }
    }

    @Nested
    class Section81Text {
        @Test
        void acceptsACharacterThatIsSplitOverFragments() {
            accepts(
                    "01 82 00000000 f09f 89 80 00000000 00 80 00000000 80 82 00000000 9982",
                    new Incoming.Ping(Bytes.EMPTY),
                    text("🙂"));
        }

        @ParameterizedTest
        @CsvSource({
            "81 ff 0000000000010000 00000000 41 ff, byte 1 of the text was 0xff",
            "81 fe ffff 00000000 c0, byte 0 of the text was 0xc0",
            "01 82 00000000 41 ed 00 90 00000000 a0, byte 2 of the text was 0xa0",
            "81 fe 1000 00000000 f4 90, byte 1 of the text was 0x90",
            "81 fe 1000 00000000 e0 9f, byte 1 of the text was 0x9f",
        })
        void refusesTheFirstImpossibleByteWith1007BeforeTheFrameIsThere(String hex, String reason) {
            refuses(hex, 1007, reason);
        }

        @ParameterizedTest
        @ValueSource(strings = {"81 81 00000000 c3", "01 82 00000000 e282 80 80 00000000", "81 83 00000000 f09f99"})
        void refusesATextThatEndsWithinACharacterWith1007(String hex) {
            refuses(hex, 1007, "ended within one");
        }

        @Test
        void doesNotCheckBinaryMessages() {
            accepts("82 82 00000000 c3ff", binary("c3ff"));
        }

        @Test
        void forgetsTheTextBeforeABinaryMessage() {
            accepts("81 82 00000000 c3a9 82 81 00000000 80", text("é"), binary("80"));
        }
    }

    @Nested
    class Limits {
        @ParameterizedTest
        @ValueSource(strings = {"82 ff 00000000000186a1", "82 ff 7fffffffffffffff", "81 ff 0000000080000000"})
        void refusesADeclaredLengthOverTheLimitWith1009(String hex) {
            refuses(hex + "00000000", 1009, "expected a message of at most 100000 bytes but a frame declared ");
        }

        @Test
        void refusesFragmentsThatTogetherExceedTheLimitWith1009() {
            refuses("02 82 00000000 0102 00 ff 000000000001869f 00000000", 1009, "declared 99999 after 2");
        }

        @Test
        void refusesOneFragmentTooManyWith1008EvenIfEmpty() {
            String ten = "02 80 00000000" + "00 80 00000000".repeat(Wire.MAX_FRAGMENTS - 1);
            refuses(ten + "80 80 00000000", 1008, "at most 10 frames");
            accepts(ten.substring(0, ten.length() - "00 80 00000000".length()) + "80 80 00000000", binary(""));
        }

        @Test
        void countsFragmentsOfEachMessageAlone() {
            String message = "02 80 00000000" + "00 80 00000000".repeat(Wire.MAX_FRAGMENTS - 2) + "80 80 00000000";
            accepts(message + message, binary(""), binary(""));
        }

        @Test
        void refusesSenselessLimits() {
            ByteInput in = new ByteInput(InputStream.nullInputStream());
            assertThatThrownBy(() -> new MessageReader(in, -1, 1)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> new MessageReader(in, 1, 0)).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void acceptsAnEmptyMessageWhenNothingElseFits() throws Exception {
            ByteInput in = new ByteInput(new ByteArrayInputStream(hex("82 80 00000000 82 81 00000000 00")));
            MessageReader reader = new MessageReader(in, 0, 1);
            assertThat(reader.read()).isEqualTo(binary(""));
            assertThatThrownBy(reader::read)
                    .isInstanceOf(WebSocketException.class)
                    .hasMessageContaining("0 bytes");
        }
    }

    @Nested
    class EndOfStream {
        @Test
        void returnsNullWhereverTheStreamEnds() {
            byte[] whole = hex("01 82 00000000 4142 89 81 00000000 70 80 fe 007e 00000000" + "43".repeat(126));
            for (int end = 0; end < whole.length; end++) {
                Wire.Outcome outcome = Wire.read(java.util.Arrays.copyOf(whole, end));
                assertThat(outcome.end()).isEqualTo("end");
                assertThat(outcome.received()).hasSize(end < 15 ? 0 : 1);
            }
        }

        @Test
        void passesFailuresOfTheStreamOn() {
            InputStream broken = new InputStream() {
                @Override
                public int read() throws IOException {
                    throw new IOException("Connection reset");
                }
            };
            MessageReader reader = new MessageReader(new ByteInput(broken), 1, 1);
            assertThatThrownBy(reader::read).isInstanceOf(IOException.class).hasMessage("Connection reset");
        }
    }

    @Nested
    class ReadyWithoutBlocking {
        private boolean ready(String hex) throws IOException {
            ByteInput in = new ByteInput(new ByteArrayInputStream(hex(hex)));
            in.fill();
            return new MessageReader(in, Wire.MAX_MESSAGE, Wire.MAX_FRAGMENTS).readyWithoutBlocking();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "81 80 00000000",
                    "81 81 00000000 41 81",
                    "01 81 00000000 41 89 80 00000000",
                    "01 81 00000000 41 80 81 00000000 42",
                    "88 82 00000000 03e8",
                })
        void isTrueWhenAMessageOrControlFrameIsBuffered(String hex) throws IOException {
            assertThat(ready(hex)).isTrue();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "81",
                    "81 80 000000",
                    "81 81 00000000",
                    "81 fe 00",
                    "81 fe 007e 00000000 00",
                    "81 ff ffffffffffffffff 00000000 00",
                    "81 ff 7fffffffffffffff 00000000 00",
                    "01 81 00000000 41",
                    "01 81 00000000 41 80 81 00000000",
                })
        void isFalseWhenMoreMustCome(String hex) throws IOException {
            assertThat(ready(hex)).isFalse();
        }
    }
}
