package dev.weft.conformance.raw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.HttpResponse;
import dev.weft.Refused;
import dev.weft.faults.RawConnection;
import dev.weft.faults.RawHttp;
import dev.weft.faults.RawWebSocket;
import dev.weft.faults.Servers;
import dev.weft.server.Weft;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A proxy that saw an upgrade passes on whatever follows, without a look at it (RFC 9110, section 7.8): so nothing behind a
 * refused one may be taken for a request, and the connection ends.
 */
@Timeout(60)
class RefusedUpgradesTest {
    private static final String ENGINE = "/socket.io/?EIO=4&transport=websocket";

    private static final int RESETS = 50;

    private final AtomicInteger smuggled = new AtomicInteger();
    private final Semaphore waiting = new Semaphore(0);
    private final Semaphore resets = new Semaphore(0);
    private final Queue<Throwable> uncaught = new ConcurrentLinkedQueue<>();
    private Weft server;

    @BeforeEach
    void start() {
        server = Weft.builder()
                .host("127.0.0.1")
                .port(0)
                .allowRequest(request -> {
                    if (request.header("Wait") != null) {
                        waiting.release();
                        resets.acquire();
                        throw new Refused("no");
                    }
                    if (request.header("Ticket") != null) {
                        throw new Refused("no");
                    }
                })
                .http("/smuggled", request -> {
                    smuggled.incrementAndGet();
                    return HttpResponse.text(200, "smuggled");
                })
                .http("/route", request -> HttpResponse.text(200, "route"))
                .webSocket("/raw", webSocket -> webSocket.receive())
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
        assertThat(server.stats().unexpectedFailures()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "/nothing, X: 1, 404",
        "/route, X: 1, 404",
        "/healthz, X: 1, 404",
        "/raw, Origin: https://foe.example, 403",
        ENGINE + ", Origin: https://foe.example, 403",
        "/raw, Ticket: 1, 403",
        ENGINE + ", Ticket: 1, 403",
        "/raw, Content-Length: 5, 400",
        ENGINE + ", Content-Length: 5, 400",
        "/raw, Transfer-Encoding: chunked, 400",
        "/raw, Sec-WebSocket-Key: a, 400",
        "/raw, Sec-WebSocket-Version: 14, 400",
        ENGINE + "&sid=unknown, X: 1, 400",
        "/socket.io/?EIO=3&transport=websocket, X: 1, 400",
        "/socket.io/?EIO=4&transport=polling, X: 1, 400",
        "/socket.io/?EIO=4&transport=x, X: 1, 400",
    })
    void endTheConnectionAndNothingBehindThemIsARequest(String target, String field, int status) throws IOException {
        assertEndsWith(status, RawWebSocket.handshake(target, field));
    }

    @Test
    void ofAnotherMethodOrVersionEndTheConnectionToo() throws IOException {
        assertEndsWith(400, RawWebSocket.handshake("/raw").replaceFirst("GET", "POST"));
        assertEndsWith(400, RawWebSocket.handshake("/raw").replaceFirst("HTTP/1.1", "HTTP/1.0"));
        assertEndsWith(426, RawWebSocket.handshake("/raw").replaceFirst("Version: 13", "Version: 12"));
    }

    /** CVE-2022-41940: such a reset was an error that nobody caught, and the end of the server. */
    @ParameterizedTest
    @ValueSource(strings = {"/raw", ENGINE})
    void resetByTheirClientsBeforeTheAnswerAreNoFailure(String target) throws Exception {
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> uncaught.add(failure));
        try {
            for (int i = 0; i < RESETS; i++) {
                try (RawConnection connection = RawConnection.open(server.port())) {
                    connection.send(RawWebSocket.handshake(target, "Wait: 1") + (i % 2 == 0 ? "behind it" : ""));
                    waiting.acquire();
                    connection.reset();
                }
                resets.release();
            }
            Servers.awaitEmpty(server); // and no unexpected failure
            assertThat(server.stats().handlerFailures()).isZero();
            assertThat(uncaught).isEmpty();
            assertEndsWith(404, RawWebSocket.handshake("/nothing"));
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/raw", ENGINE})
    void resetByTheirClientsAtAnyTimeAreNoFailure(String target) throws Exception {
        for (int i = 0; i < RESETS; i++) {
            try (RawConnection connection = RawConnection.open(server.port())) {
                connection.send(RawWebSocket.handshake(target, "Ticket: 1"));
                connection.reset();
            }
        }
        Servers.awaitEmpty(server);
        assertThat(server.stats().handlerFailures()).isZero();
    }

    private void assertEndsWith(int status, String upgrade) throws IOException {
        try (RawConnection connection = RawConnection.open(server.port())) {
            connection.send(upgrade + RawHttp.get("/smuggled"));
            RawHttp.Response response = RawHttp.read(connection);
            assertThat(response.status()).isEqualTo(status);
            assertThat(response.header("Connection")).containsIgnoringCase("close");
            assertThat(connection.ended()).isTrue();
        }
        assertThat(smuggled).hasValue(0);
    }
}
