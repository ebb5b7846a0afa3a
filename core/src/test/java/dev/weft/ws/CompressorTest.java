package dev.weft.ws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.bytes.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server compresses, seen by a decoder that measures how far it refers back. */
class CompressorTest {
    private static final Deflater DEFLATER = new Deflater(Deflater.BEST_COMPRESSION, true);

    @AfterAll
    static void end() {
        DEFLATER.end();
    }

    private static byte[] compress(byte[] content, int windowBits) {
        try {
            return Compressor.compress(Bytes.copyOf(content), windowBits, DEFLATER)
                    .toByteArray();
        } finally {
            DEFLATER.reset();
        }
    }

    /** Repeats itself at every distance. */
    private static byte[] repetitive(int size) {
        Random random = new Random(size);
        byte[] content = new byte[size];
        for (int i = 0; i < size; ) {
            int length = Math.min(size - i, 1 + random.nextInt(100));
            int from = i == 0 || random.nextInt(4) == 0 ? -1 : random.nextInt(i);
            for (int k = 0; k < length; k++, i++) {
                content[i] = from < 0 ? (byte) random.nextInt() : content[from + k];
            }
        }
        return content;
    }

    @Test
    void theExampleOfTheRfc() {
        byte[] hello = "Hello".getBytes(StandardCharsets.US_ASCII);
        assertThat(compress(hello, 15)).isEqualTo(Wire.hex("f2 48 cd c9 c9 07 00"));
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 10, 11, 12, 13, 14, 15})
    void nothingRefersBackFurtherThanTheWindow(int windowBits) {
        for (int size : new int[] {1, 240, 250, 256, 500, 513, 1_025, 4_097, 16_385, 40_000}) {
            byte[] content = repetitive(size);
            InflateTrace.Result result = InflateTrace.read(compress(content, windowBits));

            assertThat(result.content()).isEqualTo(content);
            assertThat(result.farthest()).isLessThanOrEqualTo(1 << windowBits);
        }
    }

    /** The measure itself: with the full window the same content does refer further back. */
    @Test
    void aLargerWindowWouldHaveBeenUsed() {
        assertThat(InflateTrace.read(compress(repetitive(40_000), 15)).farthest())
                .isGreaterThan(1 << 14);
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 10, 12, 14, 15})
    void repetitionStaysShortInSmallWindowsToo(int windowBits) {
        byte[] json = "{\"id\":17,\"name\":\"weft\",\"x\":0.25,\"y\":0.75}"
                .repeat(500)
                .getBytes(StandardCharsets.US_ASCII);
        assertThat(compress(json, windowBits)).hasSizeLessThan(json.length / 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 511, 512, 513, 16 * 1024 - 1, 16 * 1024, 16 * 1024 + 1, 300_000})
    void whateverDoesNotShrinkComesBackWhole(int size) {
        byte[] noise = new byte[size];
        new Random(size).nextBytes(noise);
        byte[] compressed = compress(noise, 15);

        assertThat(compressed).hasSizeLessThan(size + size / 100 + 64);
        assertThat(InflateTrace.read(compressed).content()).isEqualTo(noise);
    }
}
