package dev.weft.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.weft.HttpRequest;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpReaderTest {
    private static final String TWO_REQUESTS = "POST /chat?room=a+b&room=%C3%A9&x HTTP/1.1\r\nHost: weft.test:8080\r\n"
            + "Content-Length: 5\r\nX-One: 1\r\nx-one:\t2 \r\n\r\nhello"
            + "GET / HTTP/1.1\r\nHost: b\r\nConnection: close\r\n\r\n";

    @Test
    void readsPipelinedRequestsWholeByteByByteAndInRandomSegments() throws Exception {
        for (int most = 1; most <= TWO_REQUESTS.length(); most++) {
            HttpReader reader =
                    Wire.reader(Wire.segments(Wire.latin1(TWO_REQUESTS), new Random(most), most), Wire.LIMITS);

            RequestHead first = reader.readHead();
            assertThat(reader.readBody(first, 5, Wire.UNASKED).utf8()).isEqualTo("hello");
            RequestHead second = reader.readHead();
            assertThat(reader.readBody(second, 5, Wire.UNASKED).isEmpty()).isTrue();
            assertThat(reader.readHead()).isNull();

            HttpRequest request = first.request();
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.target()).isEqualTo("/chat?room=a+b&room=%C3%A9&x");
            assertThat(request.path()).isEqualTo("/chat");
            assertThat(request.query()).containsExactly(entry("room", List.of("a b", "é")), entry("x", List.of("")));
            assertThat(request.headers().all("X-ONE")).containsExactly("1", "2");
            assertThat(request.remoteAddress()).isEqualTo(Wire.PEER);
            assertThat(first.keepAlive()).isTrue();
            assertThat(first.hasBody()).isTrue();
            assertThat(second.keepAlive()).isFalse();
            assertThat(second.hasBody()).isFalse();
        }
    }

    @Test
    void returnsNullAtACleanEnd() throws Exception {
        assertThat(Wire.reader("").readHead()).isNull();
        assertThat(Wire.reader("\r\n\r\n").readHead()).isNull();
    }

    @Test
    void failsWithEofWhenTheStreamEndsAnywhereWithinARequest() {
        String one = TWO_REQUESTS.substring(0, TWO_REQUESTS.indexOf("GET"));
        for (int cut = 1; cut < one.length(); cut++) {
            HttpReader reader = Wire.reader(one.substring(0, cut));
            assertThatThrownBy(() -> reader.readBody(reader.readHead(), 5, Wire.UNASKED))
                    .as("cut at %d", cut)
                    .isInstanceOf(EOFException.class);
        }
    }

    @Test
    void skipsAFewEmptyLinesBeforeARequestButNotMany() throws IOException {
        String get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
        assertThat(Wire.refusal("\r\n".repeat(4) + get)).isZero();
        assertThat(Wire.refusal("\r\n".repeat(5) + get)).isEqualTo(400);
        assertThat(Wire.refusal("\n" + get)).isEqualTo(400);
    }

    @Test
    void refusesATlsHelloAtItsFirstByte() {
        assertThatThrownBy(() -> Wire.reader("\u0016").readHead()).isInstanceOf(BadRequestException.class);
    }

    @Nested
    class Targets {
        @ParameterizedTest
        @CsvSource({
            "/, /",
            "/a/b.txt?x=/../, /a/b.txt",
            "/%41%2fb, /A/b",
            "/%e2%82%AC, /€",
            "/a/../b//c, /a/../b//c",
            "/a+b, /a+b",
            "'/a|b{c}', '/a|b{c}'",
        })
        void decodesThePathOnceAndLeavesItsSegmentsAlone(String target, String path) throws Exception {
            assertThat(Wire.parsed(target).path()).isEqualTo(path);
        }

        @ParameterizedTest
        @ValueSource(strings = {"/%", "/%4", "/%zz", "/%00", "/a%00b", "/%+1", "/%-1", "/%ff", "/%c0%af", "/%ed%a0%80"})
        void refusesBrokenEscapesNulAndInvalidUtf8InThePath(String target) throws IOException {
            assertThat(Wire.refusal("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n"))
                    .isEqualTo(400);
        }

        @ParameterizedTest
        @CsvSource({
            "a=%, %",
            "a=%4, %4",
            "a=%zz, %zz",
            "a=%2, %2",
            "a=%41%, A%",
            "a=%ff, \uFFFD",
            "a=b=c, b=c",
            "a=+%2B+, ' + '",
        })
        void takesBrokenEscapesInTheQueryLiterally(String query, String value) throws Exception {
            assertThat(Wire.parsed("/?" + query).query("a")).isEqualTo(value);
        }

        @Test
        void keepsTheOrderOfParametersAndSkipsEmptyOnes() throws Exception {
            assertThat(Wire.parsed("/?z=1&&a=2&m&z=3&=4&").query())
                    .containsExactly(
                            entry("z", List.of("1", "3")),
                            entry("a", List.of("2")),
                            entry("m", List.of("")),
                            entry("", List.of("4")));
        }

        @ParameterizedTest
        @CsvSource({
            "http://other.test:81/p?q=1, /p?q=1, other.test:81",
            "HTTPS://other.test, /, other.test",
            "http://other.test?q, /?q, other.test",
            "http://weft.test/p, /p, weft.test",
        })
        void reducesTheAbsoluteFormWhoseAuthorityReplacesHost(String target, String reduced, String host)
                throws Exception {
            HttpRequest request = Wire.parsed(target, "Accept: x");
            assertThat(request.target()).isEqualTo(reduced);
            assertThat(request.headers().all("Host")).containsExactly(host);
            assertThat(request.header("Accept")).isEqualTo("x");
        }

        @Test
        void acceptsTheAsteriskForOptionsOnly() throws Exception {
            String rest = " * HTTP/1.1\r\nHost: a\r\n\r\n";
            assertThat(Wire.reader("OPTIONS" + rest).readHead().request().path())
                    .isEqualTo("*");
            assertThat(Wire.refusal("GET" + rest)).isEqualTo(400);
        }
    }

    @Nested
    class KeepingAlive {
        @ParameterizedTest
        @CsvSource({
            "1.1, '', true",
            "1.1, Connection: keep-alive, true",
            "1.1, Connection: close, false",
            "1.1, 'Connection: Upgrade, CLOSE', false",
            "1.1, Connection: closed, true",
            "1.0, '', false",
            "1.0, Connection: Keep-Alive, true",
            "1.0, 'Connection: keep-alive, close', false",
        })
        void followsVersionAndConnectionField(String version, String field, boolean expected) throws Exception {
            String fields = field.isEmpty() ? "" : field + "\r\n";
            RequestHead head = Wire.reader("GET / HTTP/" + version + "\r\nHost: a\r\n" + fields + "\r\n")
                    .readHead();
            assertThat(head.keepAlive()).isEqualTo(expected);
            assertThat(head.http11()).isEqualTo(version.equals("1.1"));
        }

        @Test
        void http10NeedsNoHost() throws IOException {
            assertThat(Wire.refusal("GET / HTTP/1.0\r\n\r\n")).isZero();
        }
    }
}
