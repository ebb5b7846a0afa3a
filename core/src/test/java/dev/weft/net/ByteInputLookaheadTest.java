package dev.weft.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class ByteInputLookaheadTest {
    /** A stream that gives one byte at a time, counting up from 0, and ends after {@code length}. */
    private static InputStream single(int length) {
        return new InputStream() {
            private int next;

            @Override
            public int read() {
                return next < length ? next++ & 0xff : -1;
            }

            @Override
            public int read(byte[] target, int offset, int count) {
                int value = read();
                if (value >= 0) {
                    target[offset] = (byte) value;
                }
                return value < 0 ? -1 : 1;
            }
        };
    }

    @Test
    void fillWaitsForAsManyBytesAsAsked() throws IOException {
        ByteInput in = new ByteInput(single(20));
        assertThat(in.fill(14)).isTrue();
        assertThat(in.buffered()).isEqualTo(14);
        assertThat(in.fill(0)).isTrue();
        assertThat(in.fill(20)).isTrue();
        assertThat(in.fill(21)).isFalse();
        assertThat(in.buffered()).isEqualTo(20);
    }

    @Test
    void fillKeepsTheOrderWhenTheBufferWraps() throws IOException {
        ByteInput in = new ByteInput(single(100_000));
        for (int i = 0; i < 90_000; i += 9) {
            assertThat(in.fill(14)).isTrue();
            for (int j = 0; j < 9; j++) {
                assertThat(in.read()).isEqualTo((i + j) & 0xff);
            }
        }
    }

    @Test
    void fillRefusesMoreThanTheBufferCanHold() {
        ByteInput in = new ByteInput(single(1_000));
        assertThatThrownBy(() -> in.fill(257)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void peekTakesNothingAndKnowsOnlyWhatIsBuffered() throws IOException {
        ByteInput in = new ByteInput(new ByteArrayInputStream(new byte[] {1, (byte) 0xff}));
        assertThat(in.peek(0)).isEqualTo(-1);
        in.fill();
        assertThat(in.peek(1)).isEqualTo(255);
        assertThat(in.peek(0)).isEqualTo(1);
        assertThat(in.peek(2)).isEqualTo(-1);
        assertThat(in.peek(-1)).isEqualTo(-1);
        assertThat(in.read()).isEqualTo(1);
        assertThat(in.peek(0)).isEqualTo(255);
    }
}
