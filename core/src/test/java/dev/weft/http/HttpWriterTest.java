package dev.weft.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpWriterTest {
    private static final long JULY_3 = 1_783_062_000; // 2026-07-03T07:00:00Z

    private static String encode(HttpResponse response, boolean keepAlive, boolean headOnly) {
        return new String(
                HttpWriter.encode(response, keepAlive, headOnly, JULY_3).toByteArray(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void encodesAWholeResponse() {
        assertThat(encode(HttpResponse.text(200, "hé").with("x-a", "1").with("X-A", "2"), true, false))
                .isEqualTo("HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nX-A: 1\r\nX-A: 2\r\n"
                        + "Date: Fri, 03 Jul 2026 07:00:00 GMT\r\nConnection: keep-alive\r\nContent-Length: 3\r\n\r\n"
                        + "h\u00c3\u00a9");
    }

    @Test
    void answersHeadWithTheLengthButWithoutTheBody() {
        assertThat(encode(HttpResponse.text(200, "hello"), true, true)).endsWith("Content-Length: 5\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304})
    void sendsNeitherBodyNorLengthWhereThereIsNone(int status) {
        assertThat(encode(HttpResponse.text(status, "hello"), true, false))
                .startsWith("HTTP/1.1 " + status + " ")
                .doesNotContain("Content-Length")
                .endsWith("\r\n\r\n");
    }

    @Test
    void writesAnEmptyReasonForAnUnknownStatus() {
        assertThat(encode(HttpResponse.of(299), true, false)).startsWith("HTTP/1.1 299 \r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "'', true, keep-alive",
        "'', false, close",
        "close, true, close",
        "close, false, close",
        "Upgrade, false, 'Upgrade, close'",
        "Upgrade, true, Upgrade",
    })
    void saysWhatHappensToTheConnection(String own, boolean keepAlive, String expected) {
        HttpResponse response = HttpResponse.of(200);
        HttpResponse tested = own.isEmpty() ? response : response.with("Connection", own);
        assertThat(encode(tested, keepAlive, false)).containsOnlyOnce("Connection: " + expected + "\r\n");
        assertThat(HttpWriter.closes(tested)).isEqualTo(own.equals("close"));
    }

    @Test
    void ignoresLengthsOfTheApplicationAndKeepsItsDate() {
        String encoded = encode(
                HttpResponse.text(200, "abc")
                        .with("Content-Length", "999")
                        .with("Transfer-Encoding", "chunked")
                        .with("Date", "then"),
                true,
                false);
        assertThat(encoded)
                .containsOnlyOnce("Content-Length: 3")
                .doesNotContain("chunked")
                .containsOnlyOnce("Date: then");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nB: c", "a\nb", "a\rb", "a\0b"})
    void headerValuesThatWouldSplitAResponseCannotBeMade(String value) {
        assertThatThrownBy(() -> HttpResponse.of(200).with("A", value)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void charactersWhoseLowByteIsALineEndDoNotSplitAResponse() {
        assertThat(encode(HttpResponse.of(200).with("A", "x\u010d\u010ay\u560d\u560a"), true, false))
                .contains("A: x??y??\r\n");
    }

    @Test
    void theDateFollowsTheSecond() {
        HttpResponse response = HttpResponse.of(200);
        assertThat(HttpWriter.encode(response, true, false, JULY_3 + 1).utf8()).contains("07:00:01 GMT");
        assertThat(HttpWriter.encode(response, true, false, JULY_3 + 2).utf8()).contains("07:00:02 GMT");
    }
}
