package dev.weft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeadersTest {
    @Test
    void buildsTheSameFieldsAsAddingOneByOne() {
        Headers built =
                Headers.builder().add("A", "1").add("b", "2").add("a", "3").build();
        Headers added = Headers.EMPTY.with("A", "1").with("b", "2").with("a", "3");

        assertThat(built).isEqualTo(added).hasSameHashCodeAs(added).isNotEqualTo(added.with("c", "4"));
        assertThat(built.asMap().keySet()).containsExactly("a", "b");
        assertThat(built.all("A")).containsExactly("1", "3");
        assertThat(built.first("B")).isEqualTo("2");
    }

    @Test
    void whatIsBuiltDoesNotFollowItsBuilder() {
        Headers.Builder builder = Headers.builder().add("A", "1");
        Headers built = builder.build();
        builder.add("A", "2").add("B", "3");
        assertThat(built.all("A")).containsExactly("1");
        assertThat(built.all("B")).isEmpty();
    }

    @Test
    void refusesNamesThatAreNoTokensAndValuesWithLineEnds() {
        assertThatThrownBy(() -> Headers.builder().add("a b", "c")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Headers.builder().add("", "c")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Headers.of("a", "b\r\nc: d")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"upgrade, true", "KEEP-ALIVE, true", "x, true", "keep, false", "'', false", "'keep-alive, x', false"})
    void findsTokensInListsOverSeveralValues(String token, boolean expected) {
        Headers headers = Headers.of("Connection", "keep-alive, Upgrade", "connection", "x");
        assertThat(headers.hasToken("CONNECTION", token)).isEqualTo(expected);
    }

    @Test
    void gathersManyValuesOfOneNameInLinearTime() {
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            Headers.Builder builder = Headers.builder();
            for (int i = 0; i < 500_000; i++) {
                builder.add("A", "b");
            }
            assertThat(builder.build().all("a")).hasSize(500_000);
        });
    }
}
