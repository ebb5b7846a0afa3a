package dev.weft.ws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Compares with the strict decoder of the JDK. */
class Utf8ValidatorTest {
    /** One of these completes any beginning that can be completed. */
    private static final byte[][] COMPLETIONS = {
        {},
        {(byte) 0x80},
        {(byte) 0x80, (byte) 0x80},
        {(byte) 0x80, (byte) 0x80, (byte) 0x80},
        {(byte) 0xA0, (byte) 0x80},
        {(byte) 0x90, (byte) 0x80, (byte) 0x80},
    };

    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private final CharBuffer decoded = CharBuffer.allocate(1_000);

    private boolean isUtf8(byte[] bytes, int length) {
        decoder.reset();
        return !decoder.decode(ByteBuffer.wrap(bytes, 0, length), decoded.clear(), true)
                .isError();
    }

    /** Returns whether some continuation makes the first {@code length} bytes well-formed. */
    private boolean isPossible(byte[] bytes, int length) {
        for (byte[] completion : COMPLETIONS) {
            byte[] whole = Arrays.copyOf(bytes, length + completion.length);
            System.arraycopy(completion, 0, whole, length, completion.length);
            if (isUtf8(whole, whole.length)) {
                return true;
            }
        }
        return false;
    }

    private int firstImpossible(byte[] bytes) {
        int length = 0;
        while (length < bytes.length && isPossible(bytes, length + 1)) {
            length++;
        }
        return length;
    }

    private void agrees(byte... bytes) {
        Utf8Validator validator = new Utf8Validator();
        int expected = firstImpossible(bytes);
        int accepted = validator.accept(bytes, 0, bytes.length);
        boolean complete = accepted == bytes.length && validator.isComplete();
        if (accepted != expected || complete != isUtf8(bytes, bytes.length)) {
            fail("%s: expected %d possible bytes but %d were accepted, complete: %s"
                    .formatted(HexFormat.of().formatHex(bytes), expected, accepted, complete));
        }
    }

    @Test
    void acceptsEveryCharacterByteByByte() {
        Utf8Validator validator = new Utf8Validator();
        for (int character = 0; character <= Character.MAX_CODE_POINT; character++) {
            if (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE) {
                continue;
            }
            byte[] bytes = Character.toString(character).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < bytes.length; i++) {
                if (validator.accept(bytes, i, 1) != 1 || validator.isComplete() != (i == bytes.length - 1)) {
                    throw new AssertionError("U+" + Integer.toHexString(character) + " at " + i);
                }
            }
        }
    }

    @Test
    void agreesOnAllPairsOfBytes() {
        for (int pair = 0; pair <= 0xFFFF; pair++) {
            agrees((byte) (pair >> 8), (byte) pair);
        }
    }

    @Test
    void agreesOnAllTriplesThatBeginACharacter() {
        for (int first = 0xE0; first <= 0xF5; first++) {
            for (int second = 0x7F; second <= 0xC0; second++) {
                for (int third = 0; third <= 0xFF; third++) {
                    agrees((byte) first, (byte) second, (byte) third);
                }
            }
        }
    }

    @Test
    void agreesAroundTheBordersOfFourByteForms() {
        int[] borders = {0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF};
        for (int first = 0xF0; first <= 0xFF; first++) {
            for (int second = 0; second <= 0xFF; second++) {
                for (int third : borders) {
                    for (int fourth : borders) {
                        agrees((byte) first, (byte) second, (byte) third, (byte) fourth);
                    }
                }
            }
        }
    }

    @Test
    void findsTheSameByteInAnyPieces() {
        Random random = new Random(11);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = text(random);
            int expected = firstImpossibleFast(bytes);
            Utf8Validator validator = new Utf8Validator();
            int at = 0;
            while (at < bytes.length) {
                int piece = Math.min(bytes.length - at, 1 + random.nextInt(20));
                int accepted = validator.accept(bytes, at, piece);
                at += accepted;
                if (accepted < piece) {
                    break;
                }
            }
            assertThat(at).isEqualTo(expected);
            if (at == bytes.length) {
                assertThat(validator.isComplete()).isEqualTo(isUtf8(bytes, bytes.length));
            }
        }
    }

    /** Possibility only ever ends once, so a binary search finds where. */
    private int firstImpossibleFast(byte[] bytes) {
        int low = 0;
        int high = bytes.length;
        while (low < high) {
            int middle = (low + high + 1) / 2;
            if (isPossible(bytes, middle)) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private static byte[] text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int parts = random.nextInt(12); parts >= 0; parts--) {
            switch (random.nextInt(4)) {
                case 0 -> text.append("plain text ".repeat(random.nextInt(3)));
                case 1 -> text.appendCodePoint(0x80 + random.nextInt(0x700));
                case 2 -> text.appendCodePoint(0x800 + random.nextInt(0xD000));
                default -> text.appendCodePoint(0x10000 + random.nextInt(0x100000));
            }
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0 && random.nextInt(3) > 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return Arrays.copyOf(bytes, bytes.length - (bytes.length > 3 ? random.nextInt(3) : 0));
    }
}
