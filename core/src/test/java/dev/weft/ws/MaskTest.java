package dev.weft.ws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class MaskTest {
    @Test
    void equalsTheByteWiseDefinitionForEveryOffsetLengthAndPhase() {
        Random random = new Random(5);
        for (int offset = 0; offset < 9; offset++) {
            for (int length = 0; length < 40; length++) {
                for (int phase = 0; phase < 4; phase++) {
                    equalsTheDefinition(random, offset, length, phase);
                }
            }
        }
    }

    private static void equalsTheDefinition(Random random, int offset, int length, int phase) {
        byte[] array = new byte[60];
        random.nextBytes(array);
        int key = random.nextInt();
        byte[] expected = array.clone();
        for (int i = 0; i < length; i++) {
            // Section 5.3: "transformed-octet-i = original-octet-i XOR masking-key-octet-j", j = i MOD 4
            expected[offset + i] ^= (byte) (key >>> 24 - 8 * ((i + phase) % 4));
        }
        Mask.apply(array, offset, length, key, phase);
        assertThat(array).isEqualTo(expected);
    }
}
