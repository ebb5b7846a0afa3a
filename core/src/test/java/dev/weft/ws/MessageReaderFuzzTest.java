package dev.weft.ws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.CloseCode;
import dev.weft.Message;
import dev.weft.net.ByteInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Whatever comes, a reader returns legal values, ends, or throws the one exception it announces. */
class MessageReaderFuzzTest {
    private static final Set<CloseCode> CODES =
            Set.of(CloseCode.PROTOCOL_ERROR, CloseCode.BAD_DATA, CloseCode.POLICY, CloseCode.TOO_BIG);
    private static final int[] FIRST_BYTES = {0x00, 0x01, 0x02, 0x80, 0x81, 0x82, 0x88, 0x89, 0x8a, 0x08, 0xc1};

    @Test
    void onlyTheAnnouncedExceptionComesOutOfAnyInput() throws IOException {
        Random random = new Random(42);
        TreeMap<Integer, Integer> ends = new TreeMap<>();
        for (int i = 0; i < 100_000; i++) {
            byte[] input = switch (i % 3) {
                case 0 -> noise(random);
                case 1 -> frames(random);
                default -> mutated(random);
            };
            ends.merge(readAll(input, random), 1, Integer::sum);
        }
        assertThat(ends).as("every way to end is reached").containsOnlyKeys(0, 1002, 1007, 1008, 1009);
    }

    /** Returns 0 for the end of the stream, else the close code. */
    private static int readAll(byte[] input, Random random) throws IOException {
        Wire.Pieces pieces = new Wire.Pieces(input, () -> 1 + random.nextInt(100));
        MessageReader reader = new MessageReader(new ByteInput(pieces), 500, 4);
        try {
            for (Incoming next; (next = reader.read()) != null; ) {
                check(next);
            }
            return 0;
        } catch (WebSocketException e) {
            assertThat(CODES).contains(e.code());
            assertThat(e.reason().getBytes(StandardCharsets.UTF_8)).hasSizeBetween(1, 123);
            return e.code().value();
        }
    }

    private static void check(Incoming next) {
        switch (next) {
            case Incoming.Data data -> checkMessage(data.message());
            case Incoming.Ping ping -> assertThat(ping.payload().size()).isLessThanOrEqualTo(125);
            case Incoming.Pong pong -> assertThat(pong.payload().size()).isLessThanOrEqualTo(125);
            case Incoming.Close close ->
                assertThat(close.code().mayBeSent() || close.code().equals(CloseCode.NO_STATUS))
                        .isTrue();
        }
    }

    private static void checkMessage(Message message) {
        assertThat(message.bytes().size()).isLessThanOrEqualTo(500);
        if (message instanceof Message.Text text) {
            try {
                StandardCharsets.UTF_8.newDecoder().decode(text.utf8().asByteBuffer());
            } catch (CharacterCodingException e) {
                throw new AssertionError("accepted " + text, e);
            }
        }
    }

    private static byte[] noise(Random random) {
        byte[] bytes = new byte[random.nextInt(64)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Returns frames with plausible first bytes in any order and payloads near UTF-8. */
    private static byte[] frames(Random random) {
        var frames = new ArrayList<byte[]>();
        for (int count = random.nextInt(8); count >= 0; count--) {
            byte[] payload = new byte[random.nextInt(200)];
            for (int i = 0; i < payload.length; i++) {
                payload[i] = (byte) (random.nextInt(400) == 0 ? random.nextInt(256) : random.nextInt(128));
            }
            frames.add(Wire.frame(FIRST_BYTES[random.nextInt(FIRST_BYTES.length)], payload, random.nextInt()));
        }
        return Wire.join(frames);
    }

    private static byte[] mutated(Random random) {
        byte[] bytes = SegmentationTest.conversation(random, new ArrayList<>());
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, Math.min(bytes.length, 2_000));
        for (int changes = random.nextInt(4); changes > 0; changes--) {
            buffer.put(random.nextInt(buffer.limit()), (byte) random.nextInt(256));
        }
        byte[] kept = new byte[buffer.limit()];
        buffer.get(0, kept);
        return kept;
    }
}
