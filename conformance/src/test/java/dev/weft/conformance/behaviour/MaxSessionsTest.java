package dev.weft.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.faults.Await;
import dev.weft.faults.LeakLedger;
import dev.weft.faults.Peer;
import dev.weft.faults.PollingSession;
import dev.weft.faults.RawConnection;
import dev.weft.faults.RawHttp;
import dev.weft.faults.RawWebSocket;
import dev.weft.faults.Servers;
import dev.weft.server.Options;
import dev.weft.server.Weft;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** One session more than the server may have is refused, over either transport; a session that ends makes room. */
@Timeout(60)
@ExtendWith(LeakLedger.class)
class MaxSessionsTest {
    private static final int MAX_SESSIONS = 2;
    private static final String PATH = "/socket.io/";
    private static final String POLLING = PATH + "?EIO=4&transport=polling";
    private static final String WEBSOCKET = PATH + "?EIO=4&transport=websocket";

    private Weft server;

    @BeforeEach
    void start() {
        Options options = Options.defaults().maxSessions(MAX_SESSIONS);
        server = Servers.builder(options)
                .namespace("/", namespace -> {})
                .engine("/other", session -> session.receive())
                .start();
    }

    @AfterEach
    void stop() {
        Servers.awaitEmpty(server);
        server.close();
    }

    private PollingSession polling() throws IOException {
        return PollingSession.open(server.port(), PATH);
    }

    private RawWebSocket webSocket() throws IOException {
        RawWebSocket webSocket = RawWebSocket.open(server.port(), WEBSOCKET);
        assertThat(webSocket.text()).startsWith("0{");
        return webSocket;
    }

    private void expectRefusal() throws IOException {
        for (String request : new String[] {RawHttp.get(POLLING), RawWebSocket.handshake(WEBSOCKET)}) {
            try (RawConnection connection = RawConnection.open(server.port())) {
                RawHttp.Response response = RawHttp.read(connection.send(request));
                assertThat(response.status()).as(response.text()).isEqualTo(503);
                assertThat(response.header("Retry-After")).matches("\\d+");
                assertThat(connection.ended()).isTrue();
            }
        }
        assertThat(server.stats().sessions()).isEqualTo(MAX_SESSIONS);
    }

    private void awaitRoom() {
        Await.until("room for a session", Peer.PATIENCE, () -> server.stats().sessions() < MAX_SESSIONS);
    }

    @Test
    void refusesOneMoreOverEitherTransportUntilAPollingSessionEnds() throws IOException {
        PollingSession first = polling();
        PollingSession second = polling();
        expectRefusal();
        assertThat(first.post("1").status()).isEqualTo(200);
        awaitRoom();
        PollingSession third = polling();
        expectRefusal();
        assertThat(second.post("1").status()).isEqualTo(200);
        assertThat(third.post("1").status()).isEqualTo(200);
    }

    @Test
    void refusesOneMoreOverEitherTransportUntilAWebSocketEnds() throws IOException {
        try (RawWebSocket staying = webSocket()) {
            RawWebSocket leaving = webSocket();
            expectRefusal();
            leaving.raw().reset();
            awaitRoom();
            try (RawWebSocket next = webSocket()) {
                expectRefusal();
                next.send("1").expectClose(1000);
            }
            staying.send("1").expectClose(1000);
        }
    }

    @Test
    void letsSessionsThatItHasUpgradeAlthoughNoMoreMayCome() throws IOException {
        PollingSession first = polling();
        PollingSession second = polling();
        try (RawWebSocket upgrading = first.webSocket()) {
            upgrading.send("2probe");
            assertThat(upgrading.text()).isEqualTo("3probe");
            upgrading.send("5").send("40");
            assertThat(upgrading.text()).startsWith("40{");
            expectRefusal();
        }
        assertThat(second.post("1").status()).isEqualTo(200);
    }

    @Test
    void countsEachPathByItself() throws IOException {
        PollingSession first = polling();
        PollingSession second = polling();
        PollingSession elsewhere = PollingSession.open(server.port(), "/other/");
        for (PollingSession session : new PollingSession[] {first, second, elsewhere}) {
            assertThat(session.post("1").status()).isEqualTo(200);
        }
    }
}
