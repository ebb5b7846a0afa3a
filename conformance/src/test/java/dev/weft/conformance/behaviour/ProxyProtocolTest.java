package dev.weft.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.HttpResponse;
import dev.weft.faults.Await;
import dev.weft.faults.RawConnection;
import dev.weft.faults.RawHttp;
import dev.weft.faults.Servers;
import dev.weft.server.Options;
import dev.weft.server.Weft;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where a proxy introduces its clients by the PROXY protocol, nothing goes without. */
@Timeout(60)
class ProxyProtocolTest {
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final byte[] VERSION_2 =
            HexFormat.of().parseHex("0d0a0d0a000d0a515549540a2111000fcb007109c00002010050 01bb040000".replace(" ", ""));
    private static final byte[] LOCAL = HexFormat.of().parseHex("0d0a0d0a000d0a515549540a20000000");
    private static final String VERSION_1 = "PROXY TCP4 203.0.113.9 192.0.2.1 80 443\r\n";
    private static final String WHO = RawHttp.get("/who");

    private static Options introduced() {
        return Options.defaults().proxyProtocol(true).trustedProxies(List.of("127.0.0.1"));
    }

    private static Weft start(Options options) {
        return Servers.builder(options)
                .http(
                        "/who",
                        request ->
                                HttpResponse.text(200, request.remoteAddress().getHostString()))
                .start();
    }

    private static String who(Weft server, byte[] header) throws IOException {
        try (RawConnection connection = RawConnection.open(server.port())) {
            return RawHttp.read(connection.send(header).send(WHO)).text();
        }
    }

    @Test
    void clientIsTheOneThatTheProxyTells() throws IOException {
        try (Weft server = start(introduced())) {
            assertThat(who(server, VERSION_2)).isEqualTo("203.0.113.9");
            assertThat(who(server, VERSION_1.getBytes(StandardCharsets.US_ASCII)))
                    .isEqualTo("203.0.113.9");
            assertThat(who(server, LOCAL))
                    .as("a health check of the proxy itself")
                    .isEqualTo("127.0.0.1");
            Servers.awaitEmpty(server);
        }
    }

    @Test
    void cutsConnectionsWithoutAHeader() throws IOException {
        try (Weft server = start(introduced());
                RawConnection connection = RawConnection.open(server.port())) {
            assertThat(connection.send(WHO).ended()).isTrue();
            Servers.awaitEmpty(server);
        }
    }

    @Test
    void cutsConnectionsThatComeFromNoTrustedProxy() throws IOException {
        try (Weft server = start(introduced().trustedProxies(List.of("192.0.2.1")));
                RawConnection connection = RawConnection.open(server.port())) {
            connection.trySend(VERSION_2);
            assertThat(connection.ended()).isTrue();
            Servers.awaitEmpty(server);
        }
    }

    @Test
    void cutsAnIntroductionThatTakesTooLong() throws IOException {
        try (Weft server = start(introduced().handshakeTimeout(Duration.ofMillis(300)));
                RawConnection connection = RawConnection.open(server.port())) {
            connection.send(Arrays.copyOf(VERSION_2, 15));
            assertThat(connection.ended()).isTrue();
            Servers.awaitEmpty(server);
        }
    }

    @Test
    void limitsCountPerIntroducedClient() throws IOException {
        try (Weft server = start(introduced().maxConnectionsPerAddress(1))) {
            try (RawConnection first = RawConnection.open(server.port());
                    RawConnection second = RawConnection.open(server.port())) {
                assertThat(RawHttp.read(first.send(VERSION_2).send(WHO)).status())
                        .isEqualTo(200);
                second.trySend(VERSION_2);
                assertThat(second.ended()).isTrue();
                assertThat(who(server, LOCAL)).isEqualTo("127.0.0.1");
            }
            Await.until("the place", LIMIT, () -> {
                try {
                    return who(server, VERSION_2).equals("203.0.113.9");
                } catch (IOException e) {
                    return false;
                }
            });
            Servers.awaitEmpty(server);
        }
    }
}
