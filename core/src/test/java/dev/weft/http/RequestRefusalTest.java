package dev.weft.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.HttpResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every request that is refused, as raw bytes, with its status. */
class RequestRefusalTest {
    @ParameterizedTest
    @CsvSource({
        "GET / HTTP/1.1, 0",
        "G!T / HTTP/1.1, 0",
        "GET /, 400",
        "GET, 400",
        "'GET  / HTTP/1.1', 400",
        "'GET /  HTTP/1.1', 400",
        "'GET / HTTP/1.1 ', 400",
        "' GET / HTTP/1.1', 400",
        "'GET\t/\tHTTP/1.1', 400",
        "GET /a b HTTP/1.1, 400",
        "G(T / HTTP/1.1, 400",
        "GÉT / HTTP/1.1, 400",
        "GET a HTTP/1.1, 400",
        "GET /a#b HTTP/1.1, 400",
        "GET /é HTTP/1.1, 400",
        "GET ftp://a/ HTTP/1.1, 400",
        "GET http:///a HTTP/1.1, 400",
        "GET http://u@a/ HTTP/1.1, 400",
        "CONNECT a:443 HTTP/1.1, 400",
        "GET / http/1.1, 400",
        "GET / HTTP/1, 400",
        "GET / HTTP/1.10, 400",
        "GET / HTTP/01.1, 400",
        "GET / HTTP/1.x, 400",
        "GET / HTTPS/1.1, 400",
        "GET / HTTP/0.9, 505",
        "GET / HTTP/1.2, 505",
        "GET / HTTP/2.0, 505",
        "PRI * HTTP/2.0, 505",
    })
    void requestLines(String line, int status) throws IOException {
        assertThat(Wire.refusal(line + "\r\nHost: a\r\n\r\n")).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "a, 0",
        "a:80, 0",
        "A.example:, 0",
        "[::1]:80, 0",
        "[::1], 0",
        "127.0.0.1, 0",
        "a_b, 0",
        "'', 400",
        ":80, 400",
        "a b, 400",
        "a/b, 400",
        "a?b, 400",
        "u@a, 400",
        "a:b, 400",
        "a:123456, 400",
        "a:65536, 400",
        "a:-1, 400",
        "[::1, 400",
        "[], 400",
        "[::g], 400",
        "[::1]x, 400",
        "a:1:2, 400",
        "'a,b:80', 0",
    })
    void hosts(String host, int status) throws IOException {
        assertThat(Wire.refusal("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n")).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nhOST: b\r\n\r\n",
                "GET / HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n",
                "GET http://a/ HTTP/1.1\r\n\r\n",
            })
    void missingOrRepeatedHost(String wire) throws IOException {
        assertThat(Wire.refusal(wire)).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A: b\nC: d",
                "A: b\n",
                "A: b\rC: d",
                "A: b\r\r",
                "A: b\0c",
                "A: b\u0001c",
                "A: b\u007fc",
                "A: \u001b[0m",
                "A : b",
                "A\t: b",
                "A b: c",
                " A: b",
                "A: b\r\n c",
                "A: b\r\n\tc",
                ": b",
                "A",
                "É: b",
                "A(: b",
                "\"A\": b",
                "A;: b",
                "A\0: b",
            })
    void fieldsThatImplementationsReadDifferently(String fields) throws IOException {
        assertThat(Wire.refusal("GET / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n\r\n"))
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A:", "A: ", "A:b", "A:\t b\t ", "A: b:c", "A: \u00e9", "a~!#$%&'*+-.^_`|: b"})
    void fieldsThatAreLegal(String field) throws IOException {
        assertThat(Wire.refusal("GET / HTTP/1.1\r\nHost: a\r\n" + field + "\r\n\r\n"))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "Content-Length: 3|Transfer-Encoding: chunked, 400",
        "Transfer-Encoding: chunked|Content-Length: 3, 400",
        "Content-Length: 3|Content-Length: 3, 400",
        "Content-Length: 3|Content-Length: 4, 400",
        "'Content-Length: 3, 3', 400",
        "Content-Length: +3, 400",
        "Content-Length: -3, 400",
        "Content-Length: 0x3, 400",
        "Content-Length: 3 3, 400",
        "Content-Length: 3.0, 400",
        "Content-Length: ٣, 400",
        "Content-Length:, 400",
        "Content-Length: 9223372036854775808, 400",
        "Content-Length: 18446744073709551619, 400",
        "Content-Length: 99999999999999999999999999, 400",
        "Content-Length: 4294967299, 413",
        "Content-Length: 1001, 413",
        "Content-Length: 3, 0",
        "Content-Length: 03, 0",
        "Transfer-Encoding: Chunked, 0",
        "'Transfer-Encoding: gzip, chunked', 501",
        "Transfer-Encoding: gzip|Transfer-Encoding: chunked, 501",
        "Transfer-Encoding: gzip, 400",
        "Transfer-Encoding: identity, 400",
        "Transfer-Encoding:, 400",
        "Transfer-Encoding: xchunked, 400",
        "Transfer-Encoding: chunked;q=1, 400",
        "'Transfer-Encoding: chunked, gzip', 400",
        "'Transfer-Encoding: chunked, chunked', 400",
        "Transfer-Encoding: chunked|Transfer-Encoding: chunked, 400",
        "'Transfer-Encoding: ,chunked', 501",
        "Expect: 100-Continue, 0",
        "Expect: 200-ok, 417",
        "Expect: 100-continue|Expect: x, 417",
    })
    void framing(String fields, int status) throws IOException {
        String body = fields.contains("hunked") ? "0\r\n\r\n" : "abc";
        assertThat(Wire.refusal("POST / HTTP/1.1\r\nHost: a\r\n" + fields.replace("|", "\r\n") + "\r\n\r\n" + body))
                .isEqualTo(status);
    }

    @Test
    void transferEncodingOnHttp10() throws IOException {
        assertThat(Wire.refusal("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"))
                .isEqualTo(400);
    }

    @Test
    void lineAndFieldLimitsAreExact() throws IOException {
        HttpLimits limits = new HttpLimits(20, 40, 3);
        String line = "GET /34567 HTTP/1.1\r\n";
        assertThat(refusal("GET /345678 HTTP/1.1\r\nHost: a\r\n\r\n", limits)).isZero();
        assertThat(refusal("GET /3456789 HTTP/1.1\r\nHost: a\r\n\r\n", limits)).isEqualTo(414);
        assertThat(refusal(line + "Host: a\r\nB: " + "b".repeat(28) + "\r\n\r\n", limits))
                .isEqualTo(431);
        assertThat(refusal(line + "Host: a\r\nB: " + "b".repeat(26) + "\r\n\r\n", limits))
                .isZero();
        assertThat(refusal(line + "Host: a\r\nB: 1\r\nC: 2\r\n\r\n", limits)).isZero();
        assertThat(refusal(line + "Host: a\r\nB: 1\r\nC: 2\r\nD: 3\r\n\r\n", limits))
                .isEqualTo(431);
    }

    @Test
    void limitsHoldBeforeTheLineEnds() throws IOException {
        assertThat(Wire.refusal("GET /" + "a".repeat(9000))).isEqualTo(414);
        assertThat(Wire.refusal("GET / HTTP/1.1\r\nHost: a\r\nA: " + "b".repeat(17_000)))
                .isEqualTo(431);
        assertThat(Wire.refusal("GET / HTTP/1.1\r\nHost: a\r\n" + "A:\r\n".repeat(101)))
                .isEqualTo(431);
    }

    private static int refusal(String wire, HttpLimits limits) throws IOException {
        return Wire.refusal(Wire.reader(wire, limits), 1000);
    }

    @Test
    void theAnswerClosesTheConnectionAndRepeatsNothingOfThePeer() {
        assertThatThrownBy(() -> Wire.reader("<script> / HTTP/1.1\r\n").readHead())
                .isInstanceOfSatisfying(BadRequestException.class, e -> {
                    HttpResponse response = e.response();
                    assertThat(response.status()).isEqualTo(400);
                    assertThat(response.headers().all("Connection")).containsExactly("close");
                    assertThat(response.body().utf8()).doesNotContain("script").isEqualTo(e.getMessage());
                    assertThat(e.getStackTrace()).isEmpty();
                });
    }

    @Test
    void worstCasesOfSixteenKibibytesTakeLinearTime() {
        String start = "GET / HTTP/1.1\r\nHost: a\r\n";
        int size = 16 * 1024;
        List<String> worst = List.of(
                "GET /" + "%41".repeat(size / 3) + " HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /?" + "&".repeat(size) + " HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /?" + "a&".repeat(size / 2) + " HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /?" + "%".repeat(size) + " HTTP/1.1\r\nHost: a\r\n\r\n",
                start + "Connection: " + ",".repeat(size) + "\r\n\r\n",
                start + "Connection:" + " ".repeat(size) + "\r\n\r\n",
                start + "Transfer-Encoding: " + "chunked,".repeat(size / 8) + "\r\n\r\n",
                start + "A:\r\n".repeat(size / 4) + "\r\n",
                start + ":".repeat(size) + "\r\n\r\n");
        HttpLimits wide = new HttpLimits(2 * size, 2 * size, size);
        // Quadratic work on these would be 100 x 9 x 16384^2 steps, more than two minutes at a step a nanosecond.
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            for (int i = 0; i < 100; i++) {
                for (String wire : worst) {
                    refusal(wire, wide);
                }
            }
        });
    }
}
