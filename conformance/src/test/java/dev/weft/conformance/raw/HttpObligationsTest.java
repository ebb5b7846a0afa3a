package dev.weft.conformance.raw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.HttpRequest;
import dev.weft.HttpResponse;
import dev.weft.Message;
import dev.weft.WebSocket;
import dev.weft.faults.LeakLedger;
import dev.weft.faults.RawConnection;
import dev.weft.faults.RawHttp;
import dev.weft.faults.RawWebSocket;
import dev.weft.server.Options;
import dev.weft.server.Weft;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP/1.1 around the WebSocket (RFC 9110 and 9112): smuggling, limits, keep-alive, static files. */
@ExtendWith(LeakLedger.class)
class HttpObligationsTest {
    private static final String PROBE = RawHttp.get("/echo", "X-Probe: smuggled");

    @TempDir
    private static Path folder;

    private static Weft server;

    @BeforeAll
    static void start() throws IOException {
        Path root = Files.createDirectory(folder.resolve("public"));
        Files.writeString(folder.resolve("secret.txt"), "secret");
        Files.writeString(root.resolve("page.html"), "<p>hello</p>");
        Files.writeString(root.resolve("with space.txt"), "space");
        Options options = Options.defaults()
                .maxBody(1_000)
                .maxRequestLine(500)
                .maxHeaderBytes(2_000)
                .maxHeaders(20)
                .handshakeTimeout(Duration.ofMillis(700));
        server = Weft.builder()
                .host("127.0.0.1")
                .port(0)
                .options(options)
                .http("/echo", HttpObligationsTest::describe)
                .http("/fail", request -> {
                    throw new IllegalStateException("secret detail");
                })
                .webSocket("/ws", HttpObligationsTest::echo)
                .staticFiles("/", root.toString())
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
        assertThat(server.stats().unexpectedFailures()).isZero();
    }

    private static HttpResponse describe(HttpRequest request) {
        return HttpResponse.text(
                200,
                request.method() + " " + request.path() + " " + request.query() + " "
                        + request.body().utf8());
    }

    private static void echo(WebSocket webSocket) {
        for (Message message = webSocket.receive(); message != null; message = webSocket.receive()) {
            webSocket.send(message);
        }
    }

    /** Expects {@code status}, then the end, although another request stands behind. */
    private static void assertRefused(int status, String request) throws IOException {
        try (RawConnection connection = RawConnection.open(server.port())) {
            connection.trySend((request + PROBE).getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
            RawHttp.Response response = RawHttp.read(connection);
            assertThat(response.status()).as(response.text()).isEqualTo(status);
            assertThat(connection.ended())
                    .as("closed, and nothing behind it answered")
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nContent-Length: 5",
                "Content-Length: 5\r\nContent-Length: 6",
                "Content-Length: 5\r\nContent-Length: 5",
                "Content-Length: 5, 6",
                "Content-Length: +5",
                "Content-Length: -5",
                "Content-Length: 0x5",
                "Content-Length: 5 5",
                "Content-Length: ",
                "Content-Length: 99999999999999999999",
                "Transfer-Encoding: chunked, chunked",
                "Transfer-Encoding: identity, chunked, x",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
                "Transfer-Encoding: \u000bchunked",
            })
    void refusesAmbiguousBodyLengthsWith400(String lines) throws IOException {
        assertRefused(400, "POST /echo HTTP/1.1\r\nHost: a\r\n" + lines + "\r\n\r\n0\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Folded: a\r\n b",
                "X-Folded: a\r\n\tb",
                " X-Leading: a",
                "X-Space : a",
                "X-Tab\t: a",
                "X Space: a",
                "X-Nul: a\u0000b",
                "X-Cr: a\rb",
                "X-Control: a\u0007b",
                "X(Paren): a",
                "X-\u00e9: a",
                ": no name",
                "no colon",
                "X-Bare-Line-Feed: a\nX-Next: b",
            })
    void refusesMalformedHeaderFieldsWith400(String lines) throws IOException {
        assertRefused(400, "GET /echo HTTP/1.1\r\nHost: a\r\n" + lines + "\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /echo\r\n",
                "GET  /echo HTTP/1.1\r\nHost: a\r\n",
                "GET /echo HTTP/1.1 \r\nHost: a\r\n",
                "GET /echo HTTP/9.9x\r\nHost: a\r\n",
                "GET\t/echo HTTP/1.1\r\nHost: a\r\n",
                "G(T /echo HTTP/1.1\r\nHost: a\r\n",
                "GET /ec ho HTTP/1.1\r\nHost: a\r\n",
                "GET /ec\u0000ho HTTP/1.1\r\nHost: a\r\n",
                "GET /echo HTTP/1.1\nHost: a\r\n",
                "GET /echo HTTP/1.1\r\nHost: a\r\nHost: b\r\n",
                "GET /echo HTTP/1.1\r\nX-No-Host: a\r\n",
                "\u0016\u0003\u0001\u0002 / HTTP/1.1\r\nHost: a\r\n",
            })
    void refusesMalformedRequestLinesAndHostsWith400(String head) throws IOException {
        assertRefused(400, head + "\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x\r\nhello\r\n0\r\n\r\n",
                "-5\r\nhello\r\n0\r\n\r\n",
                "+5\r\nhello\r\n0\r\n\r\n",
                "0x5\r\nhello\r\n0\r\n\r\n",
                "5\nhello\r\n0\r\n\r\n",
                "5 \r\nhelloX\r\n0\r\n\r\n",
                "5\r\nhelloX\r\n0\r\n\r\n",
                "\r\nhello\r\n0\r\n\r\n",
                "fffffffffffffffff\r\nhello\r\n0\r\n\r\n",
            })
    void refusesMalformedChunksWith400(String body) throws IOException {
        assertRefused(400, "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + body);
    }

    @Test
    void refusesEndlessChunkExtensionsWith400() throws IOException {
        String extension = ";x=" + "y".repeat(20_000);
        assertRefused(
                400, "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5" + extension + "\r\nhello");
    }

    @Test
    void refusesTooMuchHead() throws IOException {
        assertRefused(414, "GET /" + "a".repeat(600) + " HTTP/1.1\r\nHost: a\r\n\r\n");
        assertRefused(431, RawHttp.get("/echo", "X-Long: " + "a".repeat(2_100)));
        assertRefused(431, RawHttp.get("/echo", "X: 1\r\n".repeat(30).trim()));
    }

    @Test
    void refusesTooMuchBodyWith413() throws IOException {
        assertRefused(413, "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\n");
        String chunks = "1f4\r\n" + "x".repeat(500) + "\r\n";
        assertRefused(413, "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks.repeat(3));
    }

    @Test
    void endsAHeadThatDripsUnderATotalDeadline() throws IOException {
        try (RawConnection connection = RawConnection.open(server.port())) {
            connection.send("GET /echo HTTP/1.1\r\n");
            long start = System.nanoTime();
            while (connection.silentFor(100) && System.nanoTime() - start < 8_000_000_000L) {
                connection.trySend(new byte[] {'X'});
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void readsBodiesOfBothKinds() throws IOException {
        assertThat(RawHttp.exchange(server.port(), RawHttp.post("/echo?a=1", "hello"))
                        .text())
                .isEqualTo("POST /echo {a=[1]} hello");
        String chunked = "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "3;ext=1\r\nhel\r\n2\r\nlo\r\n0\r\nX-Trailer: ignored\r\n\r\n";
        assertThat(RawHttp.exchange(server.port(), chunked).text()).isEqualTo("POST /echo {} hello");
    }

    @Test
    void answersPipelinedRequestsInOrder() throws IOException {
        try (RawConnection connection = RawConnection.open(server.port())) {
            connection.send(RawHttp.get("/echo?n=1") + RawHttp.post("/echo?n=2", "two") + RawHttp.get("/echo?n=3"));
            assertThat(RawHttp.read(connection).text()).isEqualTo("GET /echo {n=[1]} ");
            assertThat(RawHttp.read(connection).text()).isEqualTo("POST /echo {n=[2]} two");
            assertThat(RawHttp.read(connection).text()).isEqualTo("GET /echo {n=[3]} ");
        }
    }

    @Test
    void upgradesAConnectionThatServedHttpBefore() throws IOException {
        try (RawConnection connection = RawConnection.open(server.port())) {
            connection.send(RawHttp.get("/echo"));
            assertThat(RawHttp.read(connection).status()).isEqualTo(200);
            RawWebSocket webSocket = RawWebSocket.upgraded(connection.send(RawWebSocket.handshake("/ws")));
            assertThat(webSocket.send("x").text()).isEqualTo("x");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"GET /echo HTTP/1.1|Connection: close", "GET /echo HTTP/1.0|X-Other: 1"})
    void closesWhenAskedTo(String line, String header) throws IOException {
        try (RawConnection connection = RawConnection.open(server.port())) {
            connection.send(line + "\r\nHost: localhost\r\n" + header + "\r\n\r\n");
            assertThat(RawHttp.read(connection).status()).isEqualTo(200);
            assertThat(connection.ended()).isTrue();
        }
    }

    @Test
    void invitesABodyThatWaitsFor100Continue() throws IOException {
        try (RawConnection connection = RawConnection.open(server.port())) {
            connection.send("POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
            assertThat(RawHttp.read(connection).status()).isEqualTo(100);
            connection.send("hello");
            assertThat(RawHttp.read(connection).text()).isEqualTo("POST /echo {} hello");
        }
    }

    @Test
    void refusesABodyTooLargeInsteadOfInvitingIt() throws IOException {
        assertRefused(413, "POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5000\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/page.html", "/echo"})
    void answersHeadLikeGetWithoutTheBody(String target) throws IOException {
        try (RawConnection connection = RawConnection.open(server.port())) {
            connection.send(RawHttp.request("HEAD", target, "") + RawHttp.get(target));
            RawHttp.Response head = RawHttp.read(connection, false);
            RawHttp.Response get = RawHttp.read(connection);
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("Content-Type")).isEqualTo(get.header("Content-Type"));
        }
    }

    @Test
    void answersOptions() throws IOException {
        assertThat(RawHttp.exchange(server.port(), RawHttp.request("OPTIONS", "/page.html", ""))
                        .status())
                .isIn(200, 204);
    }

    @Test
    void tellsNoDetailOfAFailingHandler() throws IOException {
        RawHttp.Response response = RawHttp.exchange(server.port(), RawHttp.get("/fail"));
        assertThat(response.status()).isEqualTo(500);
        assertThat(response.text()).doesNotContain("secret").doesNotContain("Exception");
    }

    @Test
    void servesFilesWithEntityTags() throws IOException {
        RawHttp.Response page = RawHttp.exchange(server.port(), RawHttp.get("/page.html"));
        assertThat(page.text()).isEqualTo("<p>hello</p>");
        assertThat(page.header("Content-Type")).startsWith("text/html");
        String tag = page.header("ETag");
        assertThat(RawHttp.exchange(server.port(), RawHttp.get("/page.html", "If-None-Match: " + tag))
                        .status())
                .isEqualTo(304);
        assertThat(RawHttp.exchange(server.port(), RawHttp.get("/with%20space.txt"))
                        .text())
                .isEqualTo("space");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/%2e%2e%2fsecret.txt", "/.%2e/secret.txt",
                "/x/../../secret.txt", "/..%5csecret.txt", "/..\\secret.txt", "//secret.txt", "/%252e%252e/secret.txt",
                "/page.html%00.txt", "/./../secret.txt", "/%c0%ae%c0%ae/secret.txt", "/"
            })
    void servesNothingOutsideItsFolder(String target) throws IOException {
        RawHttp.Response response = RawHttp.exchange(server.port(), RawHttp.get(target));
        assertThat(response.status()).isBetween(400, 499);
        assertThat(response.text()).doesNotContain("secret\n").isNotEqualTo("secret");
    }
}
