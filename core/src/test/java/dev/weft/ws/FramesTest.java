package dev.weft.ws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.CloseCode;
import dev.weft.Message;
import dev.weft.bytes.Bytes;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FramesTest {
    @Nested
    class Section52Data {
        @Test
        void encodesTheExamplesOfSection57() {
            assertThat(Frames.text(Bytes.utf8("Hello"))).isEqualTo(Bytes.hex("810548656c6c6f"));
            assertThat(Frames.ping(Bytes.utf8("Hello"))).isEqualTo(Bytes.hex("890548656c6c6f"));
            assertThat(Frames.pong(Bytes.utf8("Hello"))).isEqualTo(Bytes.hex("8a0548656c6c6f"));
        }

        @ParameterizedTest
        @CsvSource({
            "0, 8200",
            "1, 8201",
            "125, 827d",
            "126, 827e007e",
            "256, 827e0100",
            "65535, 827effff",
            "65536, 827f0000000000010000",
            "16777219, 827f0000000001000003",
        })
        void usesTheShortestFormOfTheLength(int length, String header) {
            byte[] payload = new byte[length];
            java.util.Arrays.fill(payload, (byte) 0x5a);
            Bytes frame = Frames.binary(Bytes.wrap(payload));
            int headerSize = header.length() / 2;

            assertThat(frame.size()).isEqualTo(headerSize + length);
            assertThat(frame.slice(0, headerSize)).isEqualTo(Bytes.hex(header));
            assertThat(frame.slice(headerSize)).isEqualTo(Bytes.wrap(payload));
        }

        @Test
        void encodesMessagesOneAfterTheOtherInOneArray() {
            List<Message> messages =
                    List.of(Message.text("a"), Message.binary(new byte[] {1, 2}), Message.text(""), Message.text("€"));
            assertThat(Frames.of(messages)).isEqualTo(Bytes.hex("810161" + "82020102" + "8100" + "8103e282ac"));
            assertThat(Frames.of(messages.get(1))).isEqualTo(Bytes.hex("82020102"));
            assertThat(Frames.of(List.of())).isEqualTo(Bytes.EMPTY);
        }

        @Test
        void encodesTheSliceItIsGivenOnly() {
            assertThat(Frames.text(Bytes.utf8("xHix").slice(1, 3))).isEqualTo(Bytes.hex("81024869"));
        }
    }

    @Nested
    class Section55Control {
        @Test
        void refusesPayloadsOfMoreThan125Bytes() {
            assertThat(Frames.ping(Bytes.wrap(new byte[125])).size()).isEqualTo(127);
            assertThatThrownBy(() -> Frames.ping(Bytes.wrap(new byte[126])))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("at most 125 bytes but it had 126");
            assertThatThrownBy(() -> Frames.pong(Bytes.wrap(new byte[126])))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void encodesCloseFrames() {
            assertThat(Frames.close()).isEqualTo(Bytes.hex("8800"));
            assertThat(Frames.close(CloseCode.NORMAL, "")).isEqualTo(Bytes.hex("880203e8"));
            assertThat(Frames.close(new CloseCode(4999), "€")).isEqualTo(Bytes.hex("88051387e282ac"));
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65_536, -1})
        void refusesCodesThatMayNotBeSent(int code) {
            assertThatThrownBy(() -> Frames.close(new CloseCode(code), ""))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("it was " + code);
        }

        @Test
        void limitsTheReasonTo123BytesNotCharacters() {
            assertThat(Frames.close(CloseCode.NORMAL, "€".repeat(41)).size()).isEqualTo(2 + 125);
            assertThatThrownBy(() -> Frames.close(CloseCode.NORMAL, "€".repeat(41) + "x"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("at most 123 bytes of UTF-8 but it had 124");
        }
    }
}
