package dev.weft.conformance.raw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Headers;
import dev.weft.HttpResponse;
import dev.weft.bytes.Bytes;
import dev.weft.faults.LeakLedger;
import dev.weft.faults.RawConnection;
import dev.weft.faults.RawHttp;
import dev.weft.server.Weft;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are not what a handler made of a request: for want of one, or because of their size. */
@Timeout(60)
@ExtendWith(LeakLedger.class)
class HttpAnswersTest {
    private static final int MEBIBYTE = 1024 * 1024;

    @TempDir
    private static Path folder;

    private Weft server;

    @BeforeAll
    static void makeFiles() throws IOException {
        for (int size : new int[] {0, 16 * 1024, 16 * 1024 + 1, 5 * MEBIBYTE}) {
            Files.write(folder.resolve(size + ".bin"), content(size));
        }
    }

    @BeforeEach
    void start() {
        server = Weft.builder()
                .host("127.0.0.1")
                .port(0)
                .http("/null", request -> null)
                .http("/large", request -> new HttpResponse(200, Headers.EMPTY, Bytes.wrap(content(3 * MEBIBYTE))))
                .webSocket("/ws", webSocket -> webSocket.send("hello"))
                .staticFiles("/", folder.toString())
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
        assertThat(server.stats().unexpectedFailures()).isZero();
    }

    private static byte[] content(int size) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return content;
    }

    @Test
    void answers500WhenARouteReturnsNullAndBlamesTheRoute() throws IOException {
        try (RawConnection connection = RawConnection.open(server.port())) {
            connection.send(RawHttp.get("/null") + RawHttp.get("/healthz"));
            RawHttp.Response response = RawHttp.read(connection);
            assertThat(response.status()).isEqualTo(500);
            assertThat(response.text()).doesNotContain("null").doesNotContain("Exception");
            assertThat(RawHttp.read(connection).status())
                    .as("the connection goes on")
                    .isEqualTo(200);
        }
        assertThat(server.stats().handlerFailures()).isOne();
        assertThat(server.stats().unexpectedFailures()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "POST"})
    void tellsAPlainRequestThatAWebSocketIsThere(String method) throws IOException {
        try (RawConnection connection = RawConnection.open(server.port())) {
            connection.send(RawHttp.request(method, "/ws", "", "Content-Length: 0"));
            RawHttp.Response response = RawHttp.read(connection, !method.equals("HEAD"));
            assertThat(response.status()).isEqualTo(426);
            assertThat(response.header("Upgrade")).isEqualTo("websocket");
            assertThat(response.header("Connection").split("\\s*,\\s*")).contains("Upgrade");
            assertThat(connection.ended()).isTrue();
        }
    }

    @Test
    void answersOptionsForTheServerAsAWhole() throws IOException {
        try (RawConnection connection = RawConnection.open(server.port())) {
            connection.send(RawHttp.request("OPTIONS", "*", "") + RawHttp.get("/healthz"));
            assertThat(RawHttp.read(connection).status()).isEqualTo(204);
            assertThat(RawHttp.read(connection).text()).isEqualTo("ok");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 16 * 1024, 16 * 1024 + 1, 5 * MEBIBYTE})
    void servesFilesOfEverySizeWholeAndTheSameHeadWithoutABody(int size) throws IOException {
        expectWhole("/" + size + ".bin", content(size));
    }

    @Test
    void writesALargeAnswerOfARouteWhole() throws IOException {
        expectWhole("/large", content(3 * MEBIBYTE));
    }

    /** Sends all requests at once: whatever is too much or too little would be taken for the next response. */
    private void expectWhole(String target, byte[] content) throws IOException {
        try (RawConnection connection = RawConnection.open(server.port())) {
            connection.send(RawHttp.request("HEAD", target, "") + RawHttp.get(target) + RawHttp.get("/healthz"));
            RawHttp.Response head = RawHttp.read(connection, false);
            RawHttp.Response get = RawHttp.read(connection);
            assertThat(head.status()).isEqualTo(200);
            assertThat(get.status()).isEqualTo(200);
            assertThat(get.body()).isEqualTo(content);
            assertThat(head.header("Content-Length")).isEqualTo(Integer.toString(content.length));
            assertThat(withoutDate(head)).isEqualTo(withoutDate(get));
            assertThat(RawHttp.read(connection).text()).isEqualTo("ok");
        }
    }

    private static Map<String, String> withoutDate(RawHttp.Response response) {
        Map<String, String> fields = new TreeMap<>(response.headers());
        assertThat(fields.remove("date")).isNotNull();
        return fields;
    }

    @Test
    void closesBehindALargeFileWhenAskedTo() throws IOException {
        try (RawConnection connection = RawConnection.open(server.port())) {
            connection.send(RawHttp.get("/" + 5 * MEBIBYTE + ".bin", "Connection: close"));
            assertThat(RawHttp.read(connection).body()).isEqualTo(content(5 * MEBIBYTE));
            assertThat(connection.ended()).isTrue();
        }
    }

    @Test
    void sendsALargeFileAgainOnlyIfItHasChanged() throws IOException {
        String target = "/" + 5 * MEBIBYTE + ".bin";
        try (RawConnection connection = RawConnection.open(server.port())) {
            RawHttp.Response file = RawHttp.read(connection.send(RawHttp.get(target)));
            connection.send(RawHttp.get(target, "If-None-Match: " + file.header("ETag")) + RawHttp.get("/healthz"));
            assertThat(RawHttp.read(connection).status()).isEqualTo(304);
            assertThat(RawHttp.read(connection).text()).isEqualTo("ok");
        }
    }
}
