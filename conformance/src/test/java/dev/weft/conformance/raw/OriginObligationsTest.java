package dev.weft.conformance.raw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.HttpResponse;
import dev.weft.faults.LeakLedger;
import dev.weft.faults.PollingSession;
import dev.weft.faults.RawConnection;
import dev.weft.faults.RawHttp;
import dev.weft.faults.RawWebSocket;
import dev.weft.server.Options;
import dev.weft.server.Weft;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What pages of other origins are answered (the CORS protocol of the Fetch standard): admitted, refused, or unknown. */
@Timeout(60)
@ExtendWith(LeakLedger.class)
class OriginObligationsTest {
    private static final int MAX_PAYLOAD = 1_000;
    private static final String ADMITTED = "Origin: https://friend.example";
    private static final String FOREIGN = "Origin: https://foe.example";
    private static final String TRICKY = "Origin: https://tricky.example";
    private static final String POLLING = "/socket.io/?EIO=4&transport=polling";
    private static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";
    private static final String FORBIDDEN = "{\"code\":4,\"message\":\"Forbidden\"}";

    private Weft server;

    @BeforeEach
    void start() {
        server = Weft.builder()
                .host("127.0.0.1")
                .port(0)
                .options(Options.defaults().maxPayload(MAX_PAYLOAD).maxBody(MAX_PAYLOAD))
                .allowOrigins("https://friend.example")
                .allowOrigins(OriginObligationsTest::isLiked)
                .http("/route", request -> HttpResponse.text(200, request.method()))
                .webSocket("/ws", webSocket -> {})
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
        assertThat(server.stats().unexpectedFailures()).isZero();
    }

    private static boolean isLiked(String origin) {
        if (origin.contains("tricky")) {
            throw new IllegalStateException("the password is swordfish");
        }
        return false;
    }

    private RawHttp.Response exchange(String request) throws IOException {
        return RawHttp.exchange(server.port(), request);
    }

    private String sessionTarget() throws IOException {
        return PollingSession.open(server.port(), "/socket.io/").target("polling");
    }

    private static void expectReadable(RawHttp.Response response) {
        assertThat(response.header("Access-Control-Allow-Origin")).isEqualTo("https://friend.example");
        assertThat(response.header("Access-Control-Allow-Credentials")).isEqualTo("true");
        assertThat(response.header("Vary")).isEqualTo("Origin");
    }

    private static void expectForbidden(RawHttp.Response response) {
        assertThat(response.status()).isEqualTo(403);
        assertThat(response.text()).isEqualTo(FORBIDDEN);
        assertThat(response.header("Content-Type")).startsWith("application/json");
        assertThat(response.header("Access-Control-Allow-Origin")).isNull();
    }

    // Refusals that an admitted page may read

    @Test
    void letsAnAdmittedPageReadThatItsPostIsTooLarge() throws IOException {
        RawHttp.Response response = exchange(RawHttp.post(sessionTarget(), "4" + "x".repeat(MAX_PAYLOAD), ADMITTED));
        assertThat(response.status()).isEqualTo(413);
        expectReadable(response);
    }

    @Test
    void letsAnAdmittedPageReadThatItsChunkedPostIsTooLarge() throws IOException {
        String head = RawHttp.request("POST", sessionTarget(), "", ADMITTED, "Transfer-Encoding: chunked");
        RawHttp.Response response = exchange(head + "7d0\r\n" + "x".repeat(2_000) + "\r\n0\r\n\r\n");
        assertThat(response.status()).isEqualTo(413);
        expectReadable(response);
    }

    @Test
    void letsAnAdmittedPageReadThatItPostsTwiceAtOnce() throws IOException {
        String target = sessionTarget();
        try (RawConnection first = RawConnection.open(server.port())) {
            first.send(RawHttp.request("POST", target, "", "Content-Length: 6", "Expect: 100-continue"));
            assertThat(RawHttp.read(first).status()).isEqualTo(100);
            RawHttp.Response second = exchange(RawHttp.post(target, "4second", ADMITTED));
            assertThat(second.status()).isEqualTo(400);
            expectReadable(second);
        }
    }

    @Test
    void letsAnAdmittedPageReadThatItsSessionIsUnknown() throws IOException {
        RawHttp.Response response = exchange(RawHttp.get(POLLING + "&sid=unknown", ADMITTED));
        assertThat(response.status()).isEqualTo(400);
        expectReadable(response);
    }

    @Test
    void tellsAForeignPageNothingAboutAMalformedRequest() throws IOException {
        String request = RawHttp.request("GET", "/route", "", FOREIGN, "Content-Length: x");
        RawHttp.Response response = exchange(request);
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.header("Access-Control-Allow-Origin")).isNull();
    }

    // Pages that are not admitted

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "DELETE"})
    void refusesAForeignPageAPollingSession(String method) throws IOException {
        expectForbidden(exchange(RawHttp.request(method, POLLING, "", FOREIGN, "Content-Length: 0")));
        assertThat(server.stats().sessions()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void refusesAForeignPageTheSessionOfAnother(String method) throws IOException {
        String target = sessionTarget();
        expectForbidden(exchange(RawHttp.request(method, target, "1", FOREIGN, "Content-Length: 1")));
        assertThat(exchange(RawHttp.post(target, "1")).status())
                .as("the session lives")
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {WEBSOCKET, "/ws"})
    void refusesAForeignPageAWebSocket(String target) throws IOException {
        RawHttp.Response response = exchange(RawWebSocket.handshake(target, FOREIGN));
        assertThat(response.status()).isEqualTo(403);
        assertThat(response.header("Access-Control-Allow-Origin")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {POLLING, "/route", "/nothing"})
    void refusesAForeignBodyInsteadOfInvitingIt(String target) throws IOException {
        try (RawConnection connection = RawConnection.open(server.port())) {
            connection.send(RawHttp.request("POST", target, "", FOREIGN, "Content-Length: 5", "Expect: 100-continue"));
            RawHttp.Response response = RawHttp.read(connection);
            assertThat(response.status()).isEqualTo(403);
            assertThat(response.header("Connection")).isEqualTo("close");
            assertThat(connection.ended()).isTrue();
        }
    }

    /** What stands behind a refused request would be read as its body, or its body as a request. */
    @Test
    void readsNothingBehindARefusedBody() throws IOException {
        try (RawConnection connection = RawConnection.open(server.port())) {
            connection.send(RawHttp.post("/route", RawHttp.get("/route"), FOREIGN) + RawHttp.get("/route"));
            assertThat(RawHttp.read(connection).status()).isEqualTo(403);
            assertThat(connection.ended()).as("nothing else answered").isTrue();
        }
    }

    @Test
    void keepsTheConnectionAfterAForeignRequestWithoutABody() throws IOException {
        try (RawConnection connection = RawConnection.open(server.port())) {
            connection.send(RawHttp.request("DELETE", "/route", "", FOREIGN) + RawHttp.get("/route"));
            assertThat(RawHttp.read(connection).status()).isEqualTo(403);
            assertThat(RawHttp.read(connection).text()).isEqualTo("GET");
        }
    }

    // A predicate that fails

    @Test
    void admitsNobodyWhenItsPredicateFails() throws IOException {
        expectForbidden(exchange(RawHttp.get(POLLING, TRICKY)));
        for (String request : new String[] {
            RawHttp.post("/route", "x", TRICKY),
            RawWebSocket.handshake("/ws", TRICKY),
            RawHttp.request("OPTIONS", "/route", "", TRICKY, "Access-Control-Request-Method: PUT")
        }) {
            RawHttp.Response response = exchange(request);
            assertThat(response.status()).isEqualTo(403);
            assertThat(response.text()).doesNotContain("swordfish").doesNotContain("Exception");
            assertThat(response.header("Access-Control-Allow-Origin")).isNull();
        }
        assertThat(server.stats().handlerFailures()).isGreaterThanOrEqualTo(4);
    }

    // Preflights

    @ParameterizedTest
    @ValueSource(strings = {POLLING, "/route"})
    void allowsAnAdmittedPageToPutPatchAndDelete(String target) throws IOException {
        String request = RawHttp.request("OPTIONS", target, "", ADMITTED, "Access-Control-Request-Method: PUT");
        RawHttp.Response response = exchange(request);
        assertThat(response.status()).isEqualTo(204);
        expectReadable(response);
        assertThat(Arrays.asList(response.header("Access-Control-Allow-Methods").split(", ")))
                .contains("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "PATCH", "DELETE"})
    void servesAnAdmittedPageWhatItsPreflightWasPromised(String method) throws IOException {
        RawHttp.Response response = exchange(RawHttp.request(method, "/route", "", ADMITTED, "Content-Length: 0"));
        assertThat(response.text()).isEqualTo(method);
        expectReadable(response);
    }

    @Test
    void allowsAForeignPageNothing() throws IOException {
        String request = RawHttp.request("OPTIONS", "/route", "", FOREIGN, "Access-Control-Request-Method: PUT");
        RawHttp.Response response = exchange(request);
        assertThat(response.status()).isEqualTo(403);
        assertThat(response.header("Access-Control-Allow-Methods")).isNull();
    }
}
