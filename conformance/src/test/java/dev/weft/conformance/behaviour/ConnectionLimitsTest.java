package dev.weft.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.HttpResponse;
import dev.weft.faults.Await;
import dev.weft.faults.PollingSession;
import dev.weft.faults.RawConnection;
import dev.weft.faults.RawHttp;
import dev.weft.faults.RawWebSocket;
import dev.weft.faults.Servers;
import dev.weft.server.Options;
import dev.weft.server.Stats;
import dev.weft.server.Weft;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one address may have and how fast, with and without a proxy in between; every place comes back. */
@Timeout(120)
class ConnectionLimitsTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String PATH = "/socket.io/";
    private static final String POLLING = PATH + "?EIO=4&transport=polling";
    private static final String WEBSOCKET = PATH + "?EIO=4&transport=websocket";
    private static final int PLACES = 4;
    private static final int BREAKS = Boolean.getBoolean("weft.long") ? 100_000 : 3_000;

    private @Nullable Weft server;

    /** Loopback is limited like every other address, and no rate is. */
    private static Options limited() {
        return Options.defaults()
                .unlimitedAddresses(List.of())
                .maxConnectionsPerAddress(PLACES)
                .connectRatePerAddress(0);
    }

    private int start(Options options) {
        Weft started = Servers.builder(options)
                .namespace("/", namespace -> {})
                .webSocket("/raw", webSocket -> webSocket.receive())
                .http(
                        "/who",
                        request -> HttpResponse.text(
                                200, request.remoteAddress().getHostString() + " " + request.secure()))
                .start();
        server = started;
        return started.port();
    }

    private Weft server() {
        Weft started = server;
        if (started == null) {
            throw new AssertionError("no server");
        }
        return started;
    }

    @AfterEach
    void stop() {
        Servers.awaitEmpty(server());
        server().close();
    }

    private static RawConnection served(int port) throws IOException {
        RawConnection connection = RawConnection.open(port);
        assertThat(RawHttp.read(connection.send(RawHttp.get("/healthz"))).status())
                .isEqualTo(200);
        return connection;
    }

    private static boolean isServed(int port) {
        try {
            served(port).close();
            return true;
        } catch (IOException | AssertionError e) {
            return false;
        }
    }

    private static void closeAll(List<? extends AutoCloseable> connections) throws Exception {
        for (AutoCloseable connection : connections) {
            connection.close();
        }
    }

    @Test
    void closesOneConnectionMoreThanAnAddressMayHave() throws Exception {
        int port = start(limited());
        List<RawConnection> held = new ArrayList<>();
        for (int i = 0; i < PLACES; i++) {
            held.add(served(port));
        }

        try (RawConnection more = RawConnection.open(port)) {
            assertThat(more.read()).as("closed without a reset").isEqualTo(-1);
        }
        assertThat(server().stats().refused()).isEqualTo(1);
        assertThat(server().stats().connections()).isEqualTo(PLACES);

        held.removeFirst().close();
        Await.until("a place", LIMIT, () -> isServed(port));
        closeAll(held);
    }

    @Test
    void closesOneConnectionMoreThanTheServerMayHave() throws Exception {
        int port = start(Options.defaults().maxConnections(PLACES));
        List<RawConnection> held = new ArrayList<>();
        for (int i = 0; i < PLACES; i++) {
            held.add(served(port));
        }

        try (RawConnection more = RawConnection.open(port)) {
            assertThat(more.read()).isEqualTo(-1);
        }
        closeAll(held);
        Await.until("a place", LIMIT, () -> isServed(port));
    }

    @Test
    void closesConnectionsOfAnAddressThatComeTooFast() throws Exception {
        int port = start(limited().maxConnectionsPerAddress(1_000).connectRatePerAddress(1));
        served(port).close();
        served(port).close(); // two at once

        Await.until("a refusal", LIMIT, () -> !isServed(port));
        assertThat(server().stats().refused()).isPositive();
        Await.until("its rate to recover", LIMIT, () -> isServed(port));
    }

    @Test
    void loopbackIsNotLimitedUnlessToldTo() throws Exception {
        int port = start(Options.defaults().maxConnectionsPerAddress(1).connectRatePerAddress(1));
        List<RawConnection> held = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            held.add(served(port));
        }
        closeAll(held);
        assertThat(server().stats().refused()).isZero();
    }

    @Test
    void everyPlaceComesBackWhenThousandsOfConnectionsBreak() throws Exception {
        int port = start(limited().connectTimeout(Duration.ofMillis(500)));
        for (int i = 0; i < BREAKS; i++) {
            try (RawConnection connection = RawConnection.open(port)) {
                switch (i % 6) {
                    case 0 -> connection.reset();
                    case 1 -> connection.trySend("GET / HT".getBytes(StandardCharsets.US_ASCII));
                    case 2 -> {
                        connection.trySend(RawHttp.get("/healthz").getBytes(StandardCharsets.US_ASCII));
                        connection.reset();
                    }
                    case 3 -> connection.trySend(new byte[] {0, 1, 2, 3});
                    case 4 ->
                        connection.trySend(RawWebSocket.handshake(WEBSOCKET).getBytes(StandardCharsets.US_ASCII));
                    default -> {
                        connection.trySend(RawHttp.get(POLLING).getBytes(StandardCharsets.US_ASCII));
                        connection.reset();
                    }
                }
            }
        }

        Await.until("nothing left", LIMIT, () -> {
            Stats stats = server().stats();
            return stats.connections() + stats.sessions() == 0;
        });
        List<RawConnection> held = new ArrayList<>();
        // The last ones may not have been accepted yet, and take a place for a moment.
        Await.until(() -> "as many places as at first, not " + held.size(), LIMIT, () -> {
            takePlace(port, held);
            return held.size() == PLACES;
        });
        closeAll(held);
    }

    private static void takePlace(int port, List<RawConnection> held) {
        try {
            held.add(served(port));
        } catch (IOException e) {
            // there is none now
        }
    }

    @Test
    void sessionsOverLongPollingTakePlacesUntilTheyEnd() throws Exception {
        int port = start(limited().maxConnectionsPerAddress(7));
        try (RawConnection one = served(port);
                RawConnection another = served(port)) {
            List<String> sids = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                RawHttp.Response response = RawHttp.read(one.send(RawHttp.get(POLLING)));
                assertThat(response.status()).isEqualTo(200);
                sids.add(PollingSession.sidOf(response.text()));
            }
            RawHttp.Response refused = RawHttp.read(one.send(RawHttp.get(POLLING)));
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.header("Retry-After")).isEqualTo("2");

            for (String sid : sids) {
                RawHttp.read(another.send(RawHttp.post(POLLING + "&sid=" + sid, "1")));
            }
            RawHttp.Response again = RawHttp.read(another.send(RawHttp.get(POLLING)));
            assertThat(again.status()).isEqualTo(200);
            RawHttp.read(another.send(RawHttp.post(POLLING + "&sid=" + PollingSession.sidOf(again.text()), "1")));
        }
    }

    private static String behindProxy(String request, String client) {
        return request.replaceFirst("\r\n\r\n", "\r\nX-Forwarded-For: " + client + "\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/raw", WEBSOCKET})
    void countsWebSocketsBehindATrustedProxyByTheirClient(String target) throws Exception {
        int port = start(limited().trustedProxies(List.of("127.0.0.1")));
        String handshake = behindProxy(RawWebSocket.handshake(target), "203.0.113.9");
        List<RawConnection> held = new ArrayList<>();
        for (int i = 0; i < PLACES; i++) {
            held.add(RawConnection.open(port));
            assertThat(RawHttp.read(held.getLast().send(handshake), false).status())
                    .isEqualTo(101);
        }
        try (RawConnection more = RawConnection.open(port);
                RawConnection other = RawConnection.open(port)) {
            RawHttp.Response refused = RawHttp.read(more.send(handshake));
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.header("Retry-After")).isEqualTo("2");
            assertThat(RawHttp.read(other.send(handshake.replace("203.0.113.9", "203.0.113.10")), false)
                            .status())
                    .isEqualTo(101);
        }

        for (RawConnection connection : held) {
            connection.reset();
        }
        Await.until("places", LIMIT, () -> {
            try (RawConnection again = RawConnection.open(port)) {
                return RawHttp.read(again.send(handshake)).status() == 101;
            } catch (IOException e) {
                return false;
            }
        });
    }

    @Test
    void applicationsSeeTheClientBehindATrustedProxy() throws Exception {
        int port = start(Options.defaults().trustedProxies(List.of("127.0.0.0/8")));
        String request = RawHttp.get("/who", "X-Forwarded-For: 6.6.6.6, 203.0.113.9", "X-Forwarded-Proto: https");

        assertThat(RawHttp.exchange(port, request).text()).isEqualTo("203.0.113.9 true");
        stop();

        port = start(Options.defaults().trustedProxies(List.of("192.0.2.1")));
        assertThat(RawHttp.exchange(port, request).text()).isEqualTo("127.0.0.1 false");
    }
}
