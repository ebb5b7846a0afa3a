package dev.weft.ws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.CloseCode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WebSocketExceptionTest {
    @Test
    void cutsTheReasonTo123BytesBetweenCharacters() {
        assertThat(new WebSocketException(CloseCode.POLICY, "x".repeat(200)).reason())
                .isEqualTo("x".repeat(123));
        assertThat(new WebSocketException(CloseCode.POLICY, "€".repeat(41)).reason())
                .isEqualTo("€".repeat(41));
        assertThat(new WebSocketException(CloseCode.POLICY, "x" + "€".repeat(41)).reason())
                .isEqualTo("x" + "€".repeat(40));
        assertThat(new WebSocketException(CloseCode.POLICY, "xx" + "🙂".repeat(40)).reason())
                .satisfies(reason ->
                        assertThat(reason.getBytes(StandardCharsets.UTF_8)).hasSize(2 + 4 * 30));
    }

    @Test
    void hasNoStackTrace() {
        assertThat(new WebSocketException(CloseCode.POLICY, "x").getStackTrace())
                .isEmpty();
    }

    @Test
    void refusesCodesThatMayNotBeSent() {
        assertThatThrownBy(() -> new WebSocketException(CloseCode.ABNORMAL, "x"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
