package dev.weft.ws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.CloseCode;
import dev.weft.bytes.Bytes;
import org.junit.jupiter.api.Test;

class CloseStateTest {
    private static final CloseCode APPLICATION_CODE = new CloseCode(4001);

    private final CloseState state = new CloseState();

    @Test
    void aConnectionThatJustEndsReports1006() {
        assertThat(state.maySend()).isTrue();
        assertThat(state.mayReceive()).isTrue();
        assertThat(state.isComplete()).isFalse();
        assertThat(state.code()).isEqualTo(CloseCode.ABNORMAL);
        assertThat(state.reason()).isEmpty();
    }

    @Test
    void answersTheCloseOfThePeerOnceWithTheSameCode() {
        Incoming.Close close = new Incoming.Close(APPLICATION_CODE, "bye");

        assertThat(state.receive(close)).isEqualTo(Frames.close(APPLICATION_CODE, ""));
        assertThat(state.receive(new Incoming.Close(CloseCode.NORMAL, "again"))).isNull();
        assertThat(state.start(CloseCode.NORMAL, "")).isNull();

        assertThat(state.maySend()).isFalse();
        assertThat(state.mayReceive()).isFalse();
        assertThat(state.isComplete()).isTrue();
        assertThat(state.code()).isEqualTo(APPLICATION_CODE);
        assertThat(state.reason()).isEqualTo("bye");
    }

    @Test
    void answersACloseWithoutCodeWithoutCodeAndReports1005() {
        assertThat(state.receive(new Incoming.Close(CloseCode.NO_STATUS, ""))).isEqualTo(Bytes.hex("8800"));
        assertThat(state.code()).isEqualTo(CloseCode.NO_STATUS);
    }

    @Test
    void waitsForTheAnswerAfterItsOwnCloseAndStillReceives() {
        assertThat(state.start(APPLICATION_CODE, "enough")).isEqualTo(Frames.close(APPLICATION_CODE, "enough"));
        assertThat(state.maySend()).isFalse();
        assertThat(state.mayReceive()).isTrue();
        assertThat(state.isComplete()).isFalse();
        assertThat(state.code()).isEqualTo(CloseCode.ABNORMAL);

        assertThat(state.receive(new Incoming.Close(APPLICATION_CODE, ""))).isNull();
        assertThat(state.isComplete()).isTrue();
        assertThat(state.code()).isEqualTo(APPLICATION_CODE);
    }

    @Test
    void onlyTheFirstStartSends() {
        assertThat(state.start(CloseCode.NORMAL, "")).isNotNull();
        assertThat(state.start(APPLICATION_CODE, "")).isNull();
    }

    @Test
    void aBrokenRuleIsSentAndReportedWithItsOwnCode() {
        WebSocketException failure = WebSocketException.tooBig("expected less");

        assertThat(state.fail(failure)).isEqualTo(Frames.close(CloseCode.TOO_BIG, "expected less"));
        assertThat(state.maySend()).isFalse();
        assertThat(state.code()).isEqualTo(CloseCode.TOO_BIG);
        assertThat(state.reason()).isEqualTo("expected less");
    }

    @Test
    void aBrokenRuleWhileClosingIsReportedButNotSent() {
        state.start(CloseCode.NORMAL, "");
        assertThat(state.fail(WebSocketException.protocol("expected order"))).isNull();
        assertThat(state.code()).isEqualTo(CloseCode.PROTOCOL_ERROR);
    }

    @Test
    void anIllegalCloseChangesNothing() {
        assertThatThrownBy(() -> state.start(CloseCode.ABNORMAL, "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> state.start(CloseCode.NORMAL, "x".repeat(124)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(state.maySend()).isTrue();
    }
}
