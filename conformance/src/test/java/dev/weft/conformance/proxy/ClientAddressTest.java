package dev.weft.conformance.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.HttpRequest;
import dev.weft.HttpResponse;
import dev.weft.faults.RawConnection;
import dev.weft.faults.RawHttp;
import dev.weft.faults.RawTls;
import dev.weft.faults.RawWebSocket;
import dev.weft.server.Options;
import dev.weft.server.Tls;
import dev.weft.server.Weft;
import dev.weft.server.WeftBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who the client is for a server behind a proxy. The proxy's address is 127.0.0.1, the client's another one. */
@Timeout(60)
class ClientAddressTest {
    private static final String CLIENT = "127.0.0.9";
    private static final int READ_LIMIT_MILLIS = 20_000;
    private static final Options TRUSTING = Options.defaults().trustedProxies(List.of("127.0.0.1/32"));
    private static final String[] MADE_UP = {
        "X-Forwarded-For: 203.0.113.7", "X-Forwarded-Proto: https", "X-Forwarded-Host: foe.example"
    };

    private static WeftBuilder builder(Options options) {
        return Weft.builder()
                .host("127.0.0.1")
                .port(0)
                .options(options)
                .http("/who", request -> HttpResponse.text(200, who(request)))
                .webSocket(
                        "/socket",
                        webSocket -> webSocket.send(webSocket.remoteAddress().getHostString()));
    }

    private static String who(HttpRequest request) {
        return request.remoteAddress().getHostString()
                + (request.secure() ? " https " : " http ")
                + request.header("Host");
    }

    private static RawConnection plain(int port) throws IOException {
        return RawConnection.over(tcp(port));
    }

    private static RawConnection secure(int port) throws IOException {
        return RawConnection.over(RawTls.over(tcp(port)));
    }

    private static Socket tcp(int port) throws IOException {
        Socket tcp = new Socket(InetAddress.getLoopbackAddress(), port, InetAddress.getByName(CLIENT), 0);
        tcp.setSoTimeout(READ_LIMIT_MILLIS);
        return tcp;
    }

    private static String who(RawConnection connection, String... headerLines) throws IOException {
        return RawHttp.read(connection.send(RawHttp.get("/who", headerLines))).text();
    }

    @ParameterizedTest
    @EnumSource(names = {"NGINX", "HAPROXY"})
    void trustedProxyTellsAddressAndScheme(Kind kind) throws IOException {
        try (Weft server = builder(TRUSTING).start();
                Proxy proxy = Proxy.start(kind, server.port());
                RawConnection plain = plain(proxy.plainPort());
                RawConnection secure = secure(proxy.tlsPort())) {
            assertThat(who(plain)).isEqualTo(CLIENT + " http localhost");
            assertThat(who(secure)).isEqualTo(CLIENT + " https localhost");
            secure.send(RawWebSocket.handshake("/socket"));
            assertThat(RawWebSocket.upgraded(secure).text()).isEqualTo(CLIENT);
            assertThat(server.stats().unexpectedFailures()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NGINX", "HAPROXY"})
    void proxyThatIsNotTrustedIsTheClientItself(Kind kind) throws IOException {
        try (Weft server = builder(Options.defaults()).start();
                Proxy proxy = Proxy.start(kind, server.port());
                RawConnection secure = secure(proxy.tlsPort())) {
            assertThat(who(secure)).isEqualTo("127.0.0.1 http localhost");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NGINX", "HAPROXY"})
    void whatAClientMakesUpIsNotBelieved(Kind kind) throws IOException {
        try (Weft server = builder(TRUSTING).start();
                Proxy proxy = Proxy.start(kind, server.port());
                Proxy appending = Proxy.start(kind, server.port(), ClientAddressTest::appending);
                RawConnection direct = plain(server.port());
                RawConnection replaced = plain(proxy.plainPort());
                RawConnection appended = plain(appending.plainPort())) {
            assertThat(who(direct, MADE_UP)).as("without a proxy").isEqualTo(CLIENT + " http localhost");
            assertThat(who(replaced, MADE_UP)).isEqualTo(CLIENT + " http localhost");
            assertThat(who(appended, MADE_UP))
                    .as("behind a proxy that keeps what the client wrote and adds to it")
                    .isEqualTo(CLIENT + " http localhost");
        }
    }

    private static Configuration appending(Configuration configuration) {
        return configuration.text().contains("X-Forwarded-For $remote_addr")
                ? configuration.with("X-Forwarded-For $remote_addr", "X-Forwarded-For $proxy_add_x_forwarded_for")
                : configuration.with("set-header X-Forwarded-For", "add-header X-Forwarded-For");
    }

    @Test
    void proxyThatForwardsTcpIntroducesItsClientsAndTlsEndsInTheServer() throws IOException {
        try (Weft server = builder(TRUSTING.proxyProtocol(true))
                        .tls(Tls.selfSigned())
                        .start();
                Proxy proxy = Proxy.start(Kind.HAPROXY_TCP, server.port());
                RawConnection secure = secure(proxy.tlsPort())) {
            assertThat(who(secure)).isEqualTo(CLIENT + " https localhost");
            assertThat(who(secure, MADE_UP)).isEqualTo(CLIENT + " https localhost");
            secure.send(RawWebSocket.handshake("/socket"));
            assertThat(RawWebSocket.upgraded(secure).text()).isEqualTo(CLIENT);
            assertThat(server.stats().unexpectedFailures()).isZero();
        }
    }
}
