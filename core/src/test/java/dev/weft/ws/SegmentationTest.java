package dev.weft.ws;

import static dev.weft.ws.Wire.hex;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.CloseCode;
import dev.weft.Message;
import dev.weft.bytes.Bytes;
import dev.weft.net.ByteInput;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TCP may cut a stream anywhere: what a reader makes of it never depends on where. */
class SegmentationTest {
    private static final String[] ALPHABET = {"a", "Hello, world", "é", "€", "🙂", "\0", "日本語", "\uFFFF"};

    @ParameterizedTest
    @ValueSource(
            strings = {
                "81 85 37fa213d 7f9f4d5158",
                "01 83 12345678 5a5139 89 80 00000000 80 82 00000000 6c6f 88 82 00000000 03e8",
                "81 05 48656c6c6f",
                "c1 80 00000000",
                "83 80 00000000",
                "82 fe 0010 00000000",
                "82 ff 000000000000ffff 00000000",
                "82 ff 8000000000000000 00000000",
                "82 ff 0000000000100000 00000000",
                "09 80 00000000",
                "89 fe 007e 00000000",
                "80 80 00000000",
                "01 80 00000000 81 80 00000000",
                "81 84 00000000 41 42 ff 43",
                "81 83 00000000 eda080",
                "01 82 00000000 f09f 80 82 00000000 7f7f",
                "01 81 00000000 e2 80 81 00000000 82",
                "88 81 00000000 03",
                "88 82 00000000 03ed",
                "88 83 00000000 03e8 80",
                "01 80 00000000 00 80 00000000 00 80 00000000 00 80 00000000 00 80 00000000 00 80 00000000"
                        + "00 80 00000000 00 80 00000000 00 80 00000000 00 80 00000000 00 80 00000000",
            })
    void transcriptsMeanTheSameInAnyPieces(String hex) {
        sameInAnyPieces(hex(hex), Wire.read(hex(hex)), new Random(7));
    }

    @Test
    void randomConversationsArriveAsTheyWereSentInAnyPieces() {
        Random random = new Random(20_260_101);
        for (int i = 0; i < 300; i++) {
            List<Incoming> sent = new ArrayList<>();
            byte[] bytes = conversation(random, sent);
            sameInAnyPieces(bytes, new Wire.Outcome(sent, "end"), random);
        }
    }

    @Test
    void impossibleTextFailsAtTheSameByteInAnyPieces() {
        byte[] text = ("€".repeat(5_000) + "x").getBytes(StandardCharsets.UTF_8);
        byte[] frame = Wire.frame(0x81, text, 0xCAFEBABE);
        frame[frame.length - 1] ^= (byte) 0x80;
        sameInAnyPieces(
                frame,
                new Wire.Outcome(List.of(), "1007 expected UTF-8 but byte 15000 of the text was 0xf8"),
                new Random(3));
    }

    @Test
    void takesNoByteAfterTheOneThatBreaksARule() {
        byte[] text = "0123456789€".getBytes(StandardCharsets.UTF_8);
        text[11] = 0x41;
        byte[] frame = Wire.frame(0x81, text, 0x0BADF00D);
        Wire.Pieces single = new Wire.Pieces(frame, () -> 1);

        assertThat(Wire.read(single).end()).startsWith("1007 ").endsWith("byte 11 of the text was 0x41");
        assertThat(single.delivered()).isEqualTo(6 + 12);
    }

    private static void sameInAnyPieces(byte[] bytes, Wire.Outcome expected, Random random) {
        assertThat(Wire.read(bytes)).isEqualTo(expected);
        assertThat(Wire.read(new Wire.Pieces(bytes, () -> 1))).isEqualTo(expected);
        for (int largest : new int[] {3, 17, 300, 5_000}) {
            assertThat(Wire.read(new Wire.Pieces(bytes, () -> 1 + random.nextInt(largest))))
                    .isEqualTo(expected);
        }
        askingWhetherItIsReadyTellsTheTruth(bytes, random);
    }

    private static void askingWhetherItIsReadyTellsTheTruth(byte[] bytes, Random random) {
        Wire.Pieces pieces = new Wire.Pieces(bytes, () -> 1 + random.nextInt(200));
        MessageReader reader = new MessageReader(new ByteInput(pieces), Wire.MAX_MESSAGE, Wire.MAX_FRAGMENTS);
        try {
            while (true) {
                boolean ready = reader.readyWithoutBlocking();
                int reads = pieces.reads();
                Incoming next = reader.read();
                assertThat(!ready || pieces.reads() == reads)
                        .as("ready yet it read")
                        .isTrue();
                if (next == null) {
                    return;
                }
            }
        } catch (WebSocketException e) {
            assertThat(e.reason()).isNotEmpty();
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns a random legal conversation and adds what it means to {@code sent}. */
    static byte[] conversation(Random random, List<Incoming> sent) {
        List<byte[]> frames = new ArrayList<>();
        for (int messages = random.nextInt(5); messages >= 0; messages--) {
            message(random, frames, sent);
        }
        if (random.nextBoolean()) {
            frames.add(Wire.frame(true, Opcode.CLOSE, hex("0bb8 e282ac"), random.nextInt()));
            sent.add(new Incoming.Close(new CloseCode(3000), "€"));
        }
        return Wire.join(frames);
    }

    private static void message(Random random, List<byte[]> frames, List<Incoming> sent) {
        boolean isText = random.nextBoolean();
        byte[] payload = isText ? text(random) : binary(random);
        int fragments = 1 + random.nextInt(random.nextBoolean() ? 1 : Wire.MAX_FRAGMENTS);
        int from = 0;
        for (int i = 1; i <= fragments; i++) {
            int to = i == fragments ? payload.length : from + random.nextInt(payload.length - from + 1);
            Opcode opcode = i > 1 ? Opcode.CONTINUATION : isText ? Opcode.TEXT : Opcode.BINARY;
            frames.add(Wire.frame(i == fragments, opcode, Arrays.copyOfRange(payload, from, to), random.nextInt()));
            from = to;
            if (i < fragments && random.nextInt(3) == 0) {
                control(random, frames, sent);
            }
        }
        sent.add(new Incoming.Data(isText ? new Message.Text(Bytes.wrap(payload)) : Message.binary(payload)));
    }

    private static void control(Random random, List<byte[]> frames, List<Incoming> sent) {
        byte[] payload = new byte[random.nextInt(126)];
        random.nextBytes(payload);
        boolean ping = random.nextBoolean();
        frames.add(Wire.frame(true, ping ? Opcode.PING : Opcode.PONG, payload, random.nextInt()));
        sent.add(ping ? new Incoming.Ping(Bytes.copyOf(payload)) : new Incoming.Pong(Bytes.copyOf(payload)));
    }

    private static byte[] text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int parts = random.nextInt(random.nextInt(20) == 0 ? 5_000 : 60); parts > 0; parts--) {
            text.append(ALPHABET[random.nextInt(ALPHABET.length)]);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] binary(Random random) {
        byte[] bytes = new byte[random.nextInt(random.nextInt(20) == 0 ? Wire.MAX_MESSAGE : 400)];
        random.nextBytes(bytes);
        return bytes;
    }
}
