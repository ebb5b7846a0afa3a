package dev.weft.ws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OpcodeTest {
    @Test
    void knowsTheSixNumbersOfSection52() {
        for (int code = 0; code < 16; code++) {
            Opcode opcode = Opcode.of(code);
            boolean reserved = (code >= 3 && code <= 7) || code >= 11;
            assertThat(opcode == null).isEqualTo(reserved);
            if (opcode != null) {
                assertThat(opcode.code()).isEqualTo(code);
                assertThat(opcode.isControl()).isEqualTo(code >= 8);
            }
        }
    }
}
