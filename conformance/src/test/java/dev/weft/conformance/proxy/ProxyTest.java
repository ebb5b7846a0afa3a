package dev.weft.conformance.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.HttpResponse;
import dev.weft.Message;
import dev.weft.WebSocket;
import dev.weft.faults.Await;
import dev.weft.faults.Frame;
import dev.weft.faults.PollingSession;
import dev.weft.faults.RawConnection;
import dev.weft.faults.RawHttp;
import dev.weft.faults.RawWebSocket;
import dev.weft.server.Options;
import dev.weft.server.Weft;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What passes through nginx and HAProxy, and what must not. */
@Timeout(60)
class ProxyTest {
    private static final int LARGE = 900_000;
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String SOCKET_IO = "/socket.io/";
    private static final String DOCUMENTED_TIMEOUT = "75s";
    private static final String SHORT_TIMEOUT = "1500ms";
    private static final int LONGER_MILLIS = 3_200;

    private final AtomicInteger privateRequests = new AtomicInteger();
    private final Weft server = Weft.builder()
            .host("127.0.0.1")
            .port(0)
            .options(Options.defaults())
            .http("/private", request -> {
                privateRequests.incrementAndGet();
                return HttpResponse.text(200, "secret");
            })
            .webSocket("/echo", ProxyTest::echo)
            .namespace(
                    "/",
                    namespace -> namespace.onConnect(socket -> socket.on(
                            "echo",
                            event -> socket.emit(
                                    "back", event.arguments().toList().toArray()))))
            .start();

    @AfterEach
    void stop() {
        server.close();
        assertThat(server.stats().unexpectedFailures()).isZero();
    }

    private static void echo(WebSocket webSocket) {
        for (Message message = webSocket.receive(); message != null; message = webSocket.receive()) {
            webSocket.send(message);
        }
    }

    /** Makes a proxy forget what an upgrade needs. */
    static Configuration droppingUpgrades(Configuration configuration) {
        return configuration.text().contains("proxy_set_header Upgrade")
                ? configuration.without("proxy_set_header Upgrade").with("$connection_upgrade;", "'';")
                : configuration.with(
                        "    default_backend weft", "    http-request del-header Upgrade\n    default_backend weft");
    }

    @ParameterizedTest
    @EnumSource(names = {"NGINX", "HAPROXY"})
    void webSocketMessagesOf900KilobytesPassBothWays(Kind kind) throws IOException {
        byte[] large = new byte[LARGE];
        new Random(7).nextBytes(large);
        try (Proxy proxy = Proxy.start(kind, server.port())) {
            for (RawConnection connection : connections(proxy)) {
                connection.send(RawWebSocket.handshake("/echo"));
                try (RawWebSocket webSocket = RawWebSocket.upgraded(connection)) {
                    assertThat(webSocket.send("small").text()).isEqualTo("small");
                    assertThat(webSocket.send(large).message().payload()).isEqualTo(large);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NGINX", "HAPROXY"})
    void pollingMessagesOf900KilobytesPassBothWays(Kind kind) throws IOException {
        String large = "x".repeat(LARGE);
        try (Proxy proxy = Proxy.start(kind, server.port())) {
            PollingSession session = PollingSession.open(proxy.plainPort(), SOCKET_IO);
            session.post("40");
            assertThat(session.pollMessages()).startsWith("40{");
            assertThat(session.post("42[\"echo\",\"" + large + "\"]").status()).isEqualTo(200);

            assertThat(session.pollMessages()).isEqualTo("42[\"back\",\"" + large + "\"]");
        }
    }

    /** One plain and one over TLS. */
    private static RawConnection[] connections(Proxy proxy) throws IOException {
        return new RawConnection[] {
            RawConnection.open(proxy.plainPort()),
            RawConnection.over(Certificate.SHARED.trust().getSocketFactory().createSocket("127.0.0.1", proxy.tlsPort()))
        };
    }

    @ParameterizedTest
    @EnumSource(names = {"NGINX", "HAPROXY"})
    void pagesOfTheProxysOwnOriginPassAndForeignOnesAreRefused(Kind kind) throws IOException {
        try (Proxy proxy = Proxy.start(kind, server.port())) {
            for (RawConnection connection : connections(proxy)) {
                String own = "Origin: https://localhost"; // as the host of RawHttp
                connection.send(RawHttp.get(SOCKET_IO + "?EIO=4&transport=polling", own));
                assertThat(RawHttp.read(connection).status()).isEqualTo(200);

                connection.send(RawHttp.get(SOCKET_IO + "?EIO=4&transport=polling", "Origin: https://foe.example"));
                assertThat(RawHttp.read(connection).status()).isEqualTo(403);
                connection.close();
            }
        }
    }

    /** A proxy that opened a tunnel for every asked upgrade would hand the second request on unseen. */
    @ParameterizedTest
    @EnumSource(names = {"NGINX", "HAPROXY"})
    void requestsBehindARefusedUpgradeDoNotSlipPastTheRulesOfTheProxy(Kind kind) throws IOException {
        try (Proxy proxy = Proxy.start(kind, server.port(), ProxyTest::hidingPrivate);
                RawConnection connection = RawConnection.open(proxy.plainPort())) {
            String refused = RawWebSocket.handshake("/echo", "Origin: https://foe.example");
            connection.send(refused + RawHttp.get("/private") + RawHttp.get("/private"));

            assertThat(RawHttp.read(connection).status()).isEqualTo(403);
            connection.halfClose();
            assertThat(new String(connection.readAll(), StandardCharsets.ISO_8859_1))
                    .doesNotContain("secret");
        }
        assertThat(privateRequests).hasValue(0);
    }

    private static Configuration hidingPrivate(Configuration configuration) {
        return configuration.text().contains("location / {")
                ? configuration.with("location / {", "location /private { return 403; }\n    location / {")
                : configuration.with(
                        "    default_backend weft",
                        "    http-request deny if { path_beg /private }\n    default_backend weft");
    }

    @ParameterizedTest
    @EnumSource(names = {"NGINX", "HAPROXY"})
    void bytesInTheTunnelOfAWebSocketAreNeverTakenForARequest(Kind kind) throws IOException {
        try (Proxy proxy = Proxy.start(kind, server.port(), ProxyTest::hidingPrivate);
                RawWebSocket webSocket = RawWebSocket.open(proxy.plainPort(), "/echo")) {
            webSocket.raw().send(RawHttp.get("/private"));

            assertThat(webSocket.next().closeCode()).isEqualTo(1002);
        }
        assertThat(privateRequests).hasValue(0);
    }

    @ParameterizedTest
    @EnumSource(names = {"NGINX", "HAPROXY"})
    void clientThatAbortsItsPollLosesItsSessionLongBeforeItsPingIsDue(Kind kind) throws IOException {
        try (Proxy proxy = Proxy.start(kind, server.port())) {
            PollingSession session = PollingSession.open(proxy.plainPort(), SOCKET_IO);
            try (RawConnection poll = session.parkedPoll()) {
                assertThat(server.stats().sessions()).isEqualTo(1);
                poll.reset();
            }
            Await.until("the session ends", LIMIT, () -> server.stats().sessions() == 0);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NGINX", "HAPROXY"})
    void silentWebSocketsOutliveTheTimeoutOfTheProxyThanksToPings(Kind kind) throws IOException {
        Options options = Options.defaults().pingInterval(Duration.ofMillis(300));
        try (Weft pinging = Weft.builder()
                        .host("127.0.0.1")
                        .port(0)
                        .options(options)
                        .webSocket("/echo", ProxyTest::echo)
                        .start();
                Proxy proxy = Proxy.start(kind, pinging.port(), ProxyTest::impatient);
                RawWebSocket webSocket = RawWebSocket.open(proxy.plainPort(), "/echo")) {
            answerPings(webSocket, LONGER_MILLIS);

            assertThat(webSocket.send("still here").text()).isEqualTo("still here");
        }
    }

    /** What the pings above are for. */
    @ParameterizedTest
    @EnumSource(names = {"NGINX", "HAPROXY"})
    void silentWebSocketsAreCutByTheProxyIfPingsComeTooRarely(Kind kind) throws IOException {
        try (Proxy proxy = Proxy.start(kind, server.port(), ProxyTest::impatient);
                RawWebSocket webSocket = RawWebSocket.open(proxy.plainPort(), "/echo")) {
            assertThat(webSocket.raw().ended()).isTrue();
        }
    }

    private static Configuration impatient(Configuration configuration) {
        return configuration.with(DOCUMENTED_TIMEOUT, SHORT_TIMEOUT);
    }

    private static void answerPings(RawWebSocket webSocket, long millis) throws IOException {
        long end = System.nanoTime() + Duration.ofMillis(millis).toNanos();
        while (System.nanoTime() < end) {
            Frame ping = webSocket.next();
            assertThat(ping.opcode()).as(ping.toString()).isEqualTo(Frame.PING);
            webSocket.send(Frame.of(Frame.PONG, ping.payload()));
        }
    }
}
