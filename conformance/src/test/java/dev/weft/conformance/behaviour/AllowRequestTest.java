package dev.weft.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.HttpRequest;
import dev.weft.Refused;
import dev.weft.faults.Await;
import dev.weft.faults.PollingSession;
import dev.weft.faults.RawConnection;
import dev.weft.faults.RawHttp;
import dev.weft.faults.RawWebSocket;
import dev.weft.faults.Servers;
import dev.weft.server.Options;
import dev.weft.server.Weft;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is not allowed gets an answer and no session, whatever the application's check does. */
@Timeout(60)
class AllowRequestTest {
    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final String TICKET = "Ticket: valid";
    private static final String POLLING = "/socket.io/?EIO=4&transport=polling";
    private static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";
    private static final String ENGINE_POLLING = "/engine/?EIO=4&transport=polling";
    private static final String ENGINE_WEBSOCKET = "/engine/?EIO=4&transport=websocket";

    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private final AtomicInteger served = new AtomicInteger();
    private Weft server;

    @BeforeEach
    void start() {
        server = Servers.builder(Options.defaults().authTimeout(PATIENCE))
                .allowOrigins("https://friend.example")
                .allowRequest(this::check)
                .webSocket("/raw", webSocket -> served.incrementAndGet())
                .engine("/engine", session -> served.incrementAndGet())
                .namespace(
                        "/",
                        namespace ->
                                namespace.use(socket -> admit(socket.handshake().auth())))
                .start();
    }

    @AfterEach
    void stop() {
        Servers.awaitEmpty(server);
        server.close();
    }

    private void check(HttpRequest request) throws Exception {
        asked.incrementAndGet();
        String ticket = request.header("Ticket");
        switch (ticket == null ? "" : ticket) {
            case "valid" -> {}
            case "broken" -> throw new IllegalStateException("the password is swordfish");
            case "slow" -> await();
            case "late" -> {
                try {
                    await();
                } catch (InterruptedException e) {
                    // what it decides now is too late
                }
            }
            default -> throw new Refused("no \"ticket\"");
        }
    }

    private void await() throws InterruptedException {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            interrupted.countDown();
            throw e;
        }
    }

    private void admit(Map<String, @Nullable Object> auth) throws Exception {
        if ("slow".equals(auth.get("ticket"))) {
            await();
        }
    }

    private RawHttp.Response exchange(String request) throws IOException {
        RawHttp.Response response = RawHttp.exchange(server.port(), request);
        assertThat(server.stats().sessions()).as("before any session exists").isZero();
        assertThat(served).hasValue(0);
        return response;
    }

    @ParameterizedTest
    @ValueSource(strings = {POLLING, ENGINE_POLLING})
    void refusesAPollingSessionWithTheErrorOfTheProtocol(String target) throws IOException {
        RawHttp.Response response = exchange(RawHttp.get(target, "Origin: https://friend.example"));
        assertThat(response.status()).isEqualTo(403);
        assertThat(response.text()).isEqualTo("{\"code\":4,\"message\":\"no \\\"ticket\\\"\"}");
        assertThat(response.header("Content-Type")).isEqualTo("application/json");
        assertThat(response.header("Access-Control-Allow-Origin")).isEqualTo("https://friend.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {WEBSOCKET, ENGINE_WEBSOCKET, "/raw"})
    void refusesAWebSocketAndReadsNothingBehindIt(String target) throws IOException {
        try (RawConnection connection = RawConnection.open(server.port())) {
            connection.send(RawWebSocket.handshake(target) + RawHttp.get("/healthz"));
            RawHttp.Response response = RawHttp.read(connection);
            assertThat(response.status()).isEqualTo(403);
            assertThat(response.text()).isEqualTo("no \"ticket\"");
            assertThat(response.header("Content-Type")).startsWith("text/plain");
            assertThat(response.header("Connection")).isEqualTo("close");
            assertThat(connection.ended()).isTrue();
        }
        assertThat(server.stats().sessions()).isZero();
        assertThat(served).hasValue(0);
    }

    @Test
    void asksOnceASession() throws IOException {
        RawHttp.Response opened = RawHttp.exchange(server.port(), RawHttp.get(POLLING, TICKET));
        String sid = PollingSession.sidOf(opened.text());
        assertThat(RawHttp.exchange(server.port(), RawHttp.post(POLLING + "&sid=" + sid, "40"))
                        .status())
                .isEqualTo(200);
        try (RawConnection probe = RawConnection.open(server.port())) {
            probe.send(RawWebSocket.handshake(WEBSOCKET + "&sid=" + sid));
            assertThat(RawHttp.read(probe).status()).isEqualTo(101);
        }
        assertThat(asked).hasValue(1);
        assertThat(RawHttp.exchange(server.port(), RawHttp.post(POLLING + "&sid=" + sid, "1"))
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {WEBSOCKET, ENGINE_WEBSOCKET, "/raw"})
    void letsInWhoIsAllowed(String target) throws IOException {
        try (RawConnection connection = RawConnection.open(server.port())) {
            connection.send(RawWebSocket.handshake(target, TICKET));
            assertThat(RawHttp.read(connection).status()).isEqualTo(101);
        }
        assertThat(asked).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {POLLING, WEBSOCKET, "/raw"})
    void refusesAndTellsNothingWhenTheCheckFails(String target) throws IOException {
        String ticket = "Ticket: broken";
        RawHttp.Response response =
                exchange(target.equals(POLLING) ? RawHttp.get(target, ticket) : RawWebSocket.handshake(target, ticket));
        assertThat(response.status()).isEqualTo(500);
        assertThat(response.text()).doesNotContain("swordfish").doesNotContain("Exception");
        assertThat(server.stats().handlerFailures()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"slow", "late"})
    void interruptsACheckThatTakesTooLongAndRefuses(String ticket) throws Exception {
        RawHttp.Response response = exchange(RawHttp.get(POLLING, "Ticket: " + ticket));
        assertThat(response.status()).isEqualTo(503);
        assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(server.stats().handlerFailures()).isEqualTo(1);
        assertThat(exchange(RawWebSocket.handshake("/raw", "Ticket: " + ticket)).status())
                .isEqualTo(503);
    }

    @Test
    void aCheckThatBlocksHoldsNobodyElseUp() throws IOException {
        try (RawConnection blocked = RawConnection.open(server.port())) {
            blocked.send(RawHttp.get(POLLING, "Ticket: slow"));
            Await.until("the check runs", PATIENCE.multipliedBy(10), () -> asked.get() == 1);
            assertThat(RawHttp.exchange(server.port(), RawHttp.get("/healthz")).status())
                    .isEqualTo(200);
            assertThat(RawHttp.read(blocked).status()).isEqualTo(503);
        }
    }

    @Test
    void anAuthorizationThatTakesTooLongLeavesNothingBehind() throws Exception {
        try (RawConnection connection = RawConnection.open(server.port())) {
            connection.send(RawWebSocket.handshake(WEBSOCKET, TICKET));
            RawWebSocket client = RawWebSocket.upgraded(connection);
            client.text();
            String refusal = client.send("40{\"ticket\":\"slow\"}").text();
            assertThat(refusal).isEqualTo("44{\"message\":\"authorization timed out\"}");
            assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(server.stats().sockets()).isZero();
            assertThat(client.send("40").text()).as("the session goes on").startsWith("40{\"sid\":");
        }
    }
}
