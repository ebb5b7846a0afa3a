package dev.weft.ws;

import static dev.weft.ws.Wire.frame;
import static dev.weft.ws.Wire.hex;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.weft.Message;
import dev.weft.net.ByteInput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages of clients with permessage-deflate (RFC 7692, sections 6 and 7.2), from bytes to messages. */
class CompressedMessagesTest {
    private static final int MAX = 100_000;
    private static final int COMPRESSED_TEXT = 0xC1;
    private static final int COMPRESSED_BINARY = 0xC2;

    private final Deflation deflation = new Deflation(0, 1, true);

    /** A message in progress when the stream ends is the only thing that may hold an inflater. */
    @AfterEach
    void nothingIsHeldOutsideTheHeap() {
        deflation.close();
        assertThat(deflation.inflatersAlive()).isZero();
    }

    private MessageReader reader(DeflateAgreement agreement, byte[]... frames) {
        return new MessageReader(
                new ByteInput(new ByteArrayInputStream(Wire.join(List.of(frames)))),
                MAX,
                10,
                deflation.inflater(MAX, agreement));
    }

    private Wire.Outcome read(boolean takeover, byte[]... frames) {
        return read(new DeflateAgreement(15, false, takeover, 15), frames);
    }

    private Wire.Outcome read(DeflateAgreement agreement, byte[]... frames) {
        MessageReader reader = reader(agreement, frames);
        List<Incoming> received = new ArrayList<>();
        try {
            for (Incoming next; (next = reader.read()) != null; ) {
                received.add(next);
            }
            return new Wire.Outcome(received, "end");
        } catch (WebSocketException e) {
            return new Wire.Outcome(received, e.code() + " " + e.reason());
        } catch (IOException e) {
            throw new AssertionError(e);
        } finally {
            reader.abandon();
        }
    }

    private static byte[] compressed(String payload) {
        return frame(COMPRESSED_TEXT, hex(payload), 0x01020304);
    }

    private static Incoming text(String text) {
        return new Incoming.Data(Message.text(text));
    }

    private static Incoming binary(byte[] content) {
        return new Incoming.Data(Message.binary(content));
    }

    /** A client's compressor, which keeps its context from one message to the next. */
    private static final class Client implements AutoCloseable {
        private final Deflater deflater = new Deflater(9, true);

        byte[] payload(byte[] content) {
            deflater.setInput(content);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] piece = new byte[64 * 1024];
            for (int count; (count = deflater.deflate(piece, 0, piece.length, Deflater.SYNC_FLUSH)) > 0; ) {
                out.write(piece, 0, count);
            }
            return Arrays.copyOf(out.toByteArray(), out.size() - 4);
        }

        @Override
        public void close() {
            deflater.end();
        }
    }

    private static byte[] alone(byte[] content) {
        try (Client client = new Client()) {
            return client.payload(content);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "one block,                                f2 48 cd c9 c9 07 00",
        "no compression,                           00 05 00 fa ff 48 65 6c 6c 6f 00",
        "BFINAL set,                               f3 48 cd c9 c9 07 00 00",
        "BFINAL set without an empty block behind, f3 48 cd c9 c9 07 00",
        "two blocks,                               f2 48 05 00 00 00 ff ff ca c9 c9 07 00",
    })
    void theExamplesOfTheRfcSayHello(String form, String payload) {
        assertThat(read(false, compressed(payload)))
                .as(form)
                .isEqualTo(new Wire.Outcome(List.of(text("Hello")), "end"));
    }

    @Test
    void aFinalBlockMayBeFollowedByOthers() {
        // "Hello" with BFINAL, then "Hello" again, then an empty block with BFINAL.
        assertThat(read(false, compressed("f3 48 cd c9 c9 07 00 f2 48 cd c9 c9 07 00 00 00 ff ff 03 00")))
                .isEqualTo(new Wire.Outcome(List.of(text("HelloHello")), "end"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "02 00", "03 00 00", "", "01 00 00 ff ff"})
    void emptyMessagesAreLegal(String payload) {
        assertThat(read(false, compressed(payload))).isEqualTo(new Wire.Outcome(List.of(text("")), "end"));
    }

    @Test
    void uncompressedMessagesComeInBetween() {
        assertThat(read(
                        true,
                        compressed("f2 48 cd c9 c9 07 00"),
                        frame(0x81, "plain".getBytes(StandardCharsets.UTF_8), 7),
                        compressed("f2 00 11 00 00")))
                .isEqualTo(new Wire.Outcome(List.of(text("Hello"), text("plain"), text("Hello")), "end"));
    }

    @Test
    void aReferenceToAnEarlierMessageIsDamageWhereNoContextIsKept() {
        Wire.Outcome outcome = read(false, compressed("f2 48 cd c9 c9 07 00"), compressed("f2 00 11 00 00"));
        assertThat(outcome.received()).containsExactly(text("Hello"));
        assertThat(outcome.end()).startsWith("1007 ");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 9})
    void fragmentsMayBeCutAnywhereAndControlFramesComeBetween(int size) {
        byte[] content = "The same again, the same again, the same again.".getBytes(StandardCharsets.UTF_8);
        byte[] payload = alone(content);
        List<byte[]> frames = new ArrayList<>();
        int pieces = Math.min(9, payload.length / size);
        for (int i = 0; i < pieces; i++) {
            int to = i == pieces - 1 ? payload.length : (i + 1) * size;
            int first = (i == 0 ? 0x41 : 0) | (i == pieces - 1 ? 0x80 : 0);
            frames.add(frame(first, Arrays.copyOfRange(payload, i * size, to), i));
            if (i == 0) {
                frames.add(frame(0x89, new byte[] {1}, 5));
            }
        }
        Wire.Outcome outcome = read(false, frames.toArray(byte[][]::new));
        assertThat(outcome.received()).hasSize(2).endsWith(text(new String(content, StandardCharsets.UTF_8)));
        assertThat(outcome.end()).isEqualTo("end");
    }

    @ParameterizedTest
    @CsvSource({
        "RSV1 on a continuation,     4100, c000",
        "RSV1 on a ping,             c900, ''",
        "RSV1 on a pong,             ca00, ''",
        "RSV1 on a close frame,      c800, ''",
        "RSV2 on a text,             a100, ''",
        "RSV3 on a text,             9100, ''",
        "RSV1 and RSV2 on a text,    e100, ''",
    })
    void anyOtherReservedBitIsAViolation(String what, String first, String second) {
        byte[] one = frame(hex(first)[0] & 0xFF, new byte[0], 1);
        byte[] two = second.isEmpty() ? new byte[0] : frame(hex(second)[0] & 0xFF, new byte[0], 1);
        assertThat(read(false, one, two).end()).as(what).startsWith("1002 ");
    }

    @Test
    void withoutAnAgreementRsv1IsAViolation() {
        assertThat(Wire.read(compressed("f2 48 cd c9 c9 07 00")).end()).startsWith("1002 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "06", // a block of type 3
                "f2 48 cd c9 c9", // ends within a block
                "00 05 00 fa ff 48 65", // ends within a stored block
                "00 05 00 00 00 48 65 6c 6c 6f 00", // lengths that do not match
                "f2 00 11 00 00", // refers to what was never there
                "ff ff ff ff ff ff",
                "f3 48 cd c9 c9 07 00 06", // damage behind a final block
            })
    void damageIs1007(String payload) {
        assertThat(read(true, compressed(payload)).end()).startsWith("1007 ");
    }

    @Test
    void textFailsAtItsFirstImpossibleByteWhileTheMessageGoesOn() {
        byte[] content = new byte[50_000];
        Arrays.fill(content, (byte) 'a');
        content[0] = (byte) 0xED;
        content[1] = (byte) 0xA0;
        byte[] payload = alone(content);
        // The frame has no end yet, neither has the message.
        byte[] start = Arrays.copyOf(frame(0x41, payload, 9), payload.length / 2 + 6);
        assertThat(read(false, start).end()).isEqualTo("1007 expected UTF-8 but byte 1 of the text was 0xa0");
    }

    @Test
    void textThatEndsWithinACharacterIs1007() {
        byte[] payload = alone(new byte[] {'a', (byte) 0xC3});
        assertThat(read(false, frame(COMPRESSED_TEXT, payload, 3)).end()).startsWith("1007 ");
    }

    @Test
    void exactlyTheLargestMessagePassesAndOneByteMoreIs1009() {
        byte[] largest = new byte[MAX];
        assertThat(read(false, frame(COMPRESSED_BINARY, alone(largest), 1)))
                .isEqualTo(new Wire.Outcome(List.of(binary(largest)), "end"));
        assertThat(read(false, frame(COMPRESSED_BINARY, alone(new byte[MAX + 1]), 1))
                        .end())
                .isEqualTo("1009 expected a message of at most 100000 bytes but it inflates to more");
    }

    @Test
    void theCompressedSizeIsLimitedAsDeclared() {
        byte[] header = Wire.header(COMPRESSED_BINARY, MAX + 1, 0);
        assertThat(read(false, header).end()).startsWith("1009 ").contains("declared 100001");
    }

    /** 97 KB of compressed zeros would become 100 MB. */
    @Test
    void aBombAllocatesNoMoreThanALargestMessageDoes() {
        byte[] bomb = frame(COMPRESSED_BINARY, alone(new byte[90_000_000]), 0x0A0B0C0D);
        assertThat(bomb.length).isGreaterThan(80_000).isLessThan(MAX);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        read(false, bomb);

        long before = threads.getCurrentThreadAllocatedBytes();
        Wire.Outcome outcome = read(false, bomb);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(outcome.end()).startsWith("1009 ");
        // The input and its copy, arrays up to the limit by doubling.
        assertThat(allocated).isLessThan(3L * bomb.length + 3L * MAX);
    }

    @Test
    void aKeptContextSpansMessagesOfEverySize() {
        Random random = new Random(7);
        byte[] theme = new byte[12_000];
        random.nextBytes(theme);
        List<byte[]> frames = new ArrayList<>();
        List<Incoming> expected = new ArrayList<>();
        int compressed = 0;
        try (Client client = new Client()) {
            for (int i = 0; i < 100; i++) {
                int from = random.nextInt(theme.length);
                int to = from + random.nextInt(Math.min(theme.length - from, i % 2 == 0 ? 50 : theme.length));
                byte[] content = Arrays.copyOfRange(theme, from, to);
                byte[] payload = client.payload(content);
                compressed += payload.length;
                frames.add(frame(COMPRESSED_BINARY, payload, i));
                expected.add(binary(content));
            }
        }
        assertThat(compressed).as("it pays only across messages").isLessThan(3 * theme.length);
        assertThat(read(true, frames.toArray(byte[][]::new))).isEqualTo(new Wire.Outcome(expected, "end"));
    }

    @Test
    void aSmallWindowKeepsExactlyWhatItsClientMayReferTo() {
        byte[] noise = new byte[300];
        new Random(1).nextBytes(noise);
        byte[] last256 = Arrays.copyOfRange(noise, 44, 300);
        byte[] reference = reference(256);
        DeflateAgreement agreement = new DeflateAgreement(15, false, true, 8);

        assertThat(read(agreement, frame(COMPRESSED_BINARY, alone(noise), 1), frame(COMPRESSED_BINARY, reference, 1)))
                .isEqualTo(new Wire.Outcome(List.of(binary(noise), binary(Arrays.copyOf(last256, 3))), "end"));
    }

    /** Returns a fixed block that copies 3 bytes from {@code distance} (256 only) back. */
    private static byte[] reference(int distance) {
        assertThat(distance).isEqualTo(256);
        // 0 | 01, length code 257 = 0000001, distance code 15 = 01111 with 6 extra bits 111111, end 0000000.
        String bits = "0" + "10" + "0000001" + "01111" + "111111" + "0000000" + "000";
        byte[] bytes = new byte[(bits.length() + 7) / 8];
        for (int i = 0; i < bits.length(); i++) {
            bytes[i / 8] |= (byte) ((bits.charAt(i) - '0') << i % 8);
        }
        return bytes;
    }

    @Test
    void anInflaterIsHeldOnlyWithinACompressedMessage() throws Exception {
        byte[] payload = alone("Hello, hello, hello, hello".getBytes(StandardCharsets.UTF_8));
        MessageReader reader = reader(
                new DeflateAgreement(15, false, true, 15),
                frame(COMPRESSED_TEXT, payload, 1),
                frame(0x41, Arrays.copyOf(payload, 4), 2),
                frame(0x89, new byte[0], 3));
        assertThat(reader.read()).isInstanceOf(Incoming.Data.class);
        deflation.close();
        assertThat(deflation.inflatersAlive()).as("between messages").isZero();
        assertThat(reader.read()).isInstanceOf(Incoming.Ping.class);
        assertThat(deflation.inflatersAlive()).as("within a message").isOne();
        reader.abandon();
    }

    @Test
    void manyThousandReadersShareAFewInflaters() {
        for (int i = 0; i < 5_000; i++) {
            read(i % 2 == 0, compressed("f2 48 cd c9 c9 07 00"), compressed(i % 3 == 0 ? "06" : "00"));
        }
        assertThat(deflation.inflatersAlive()).isOne();
    }
}
