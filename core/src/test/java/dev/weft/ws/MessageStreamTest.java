package dev.weft.ws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageStreamTest {
    private static final int FRAME = 16 * 1024;

    private final List<String> sent = new ArrayList<>();
    private boolean open = true;
    private int ends;

    private final MessageStream stream = new MessageStream(new MessageStream.Target() {
        @Override
        public boolean send(boolean first, boolean last, byte[] payload) {
            sent.add((first ? "first " : "") + (last ? "last " : "") + payload.length);
            return open;
        }

        @Override
        public void ended() {
            ends++;
        }
    });

    @Test
    void aShortMessageIsOneFrame() throws IOException {
        stream.write(1);
        stream.write(new byte[FRAME - 1]);
        stream.close();
        assertThat(sent).containsExactly("first last " + FRAME);
    }

    @Test
    void anEmptyMessageIsOneFrame() throws IOException {
        stream.flush();
        stream.close();
        stream.close();
        assertThat(sent).containsExactly("first last 0");
        assertThat(ends).isOne();
    }

    @Test
    void framesAreBoundedHoweverMuchIsWrittenAtOnce() throws IOException {
        stream.write(new byte[2 * FRAME + 5]);
        stream.close();
        assertThat(sent).containsExactly("first " + FRAME, String.valueOf(FRAME), "last 5");
    }

    @Test
    void flushSendsWhatIsThere() throws IOException {
        stream.write(new byte[3]);
        stream.flush();
        stream.flush();
        stream.write(new byte[4]);
        stream.close();
        assertThat(sent).containsExactly("first 3", "last 4");
    }

    @Test
    void failsOnceThePeerCannotGetTheMessageWhole() throws IOException {
        stream.write(new byte[3]);
        open = false;
        assertThatThrownBy(stream::flush).isInstanceOf(IOException.class).hasMessageContaining("closing or closed");
        assertThatThrownBy(() -> stream.write(1)).isInstanceOf(IOException.class);
        stream.close();
        assertThat(sent).containsExactly("first 3");
        assertThat(ends).isOne();
    }

    @Test
    void aLastFrameThatCannotBeSentFailsTheClose() throws IOException {
        open = false;
        stream.write(1);
        assertThatThrownBy(stream::close).isInstanceOf(IOException.class);
        assertThat(ends).isOne();
        assertThatThrownBy(() -> stream.write(1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has ended");
    }
}
