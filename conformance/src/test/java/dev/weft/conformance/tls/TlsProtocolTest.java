package dev.weft.conformance.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.HttpResponse;
import dev.weft.Message;
import dev.weft.WebSocket;
import dev.weft.faults.RawConnection;
import dev.weft.faults.RawHttp;
import dev.weft.faults.RawTls;
import dev.weft.faults.RawWebSocket;
import dev.weft.server.Tls;
import dev.weft.server.Weft;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a TLS port says to clients that speak TLS, and to those that do not. */
@Timeout(60)
class TlsProtocolTest {
    private static final int HALF_A_MEGABYTE = 512 * 1024;
    private static Weft server;
    private static final BlockingQueue<String> ends = new LinkedBlockingQueue<>();

    @BeforeAll
    static void start() {
        server = Weft.builder()
                .host("127.0.0.1")
                .port(0)
                .tls(Tls.selfSigned())
                .webSocket("/echo", TlsProtocolTest::echo)
                .http("/secure", request -> HttpResponse.text(200, "secure " + request.secure()))
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
        assertThat(server.stats().unexpectedFailures()).isZero();
    }

    private static void echo(WebSocket webSocket) {
        for (Message message = webSocket.receive(); message != null; message = webSocket.receive()) {
            webSocket.send(message);
        }
        ends.add(String.valueOf(webSocket.closeCode()));
    }

    private static SSLSocket client() throws IOException {
        return RawTls.over(RawTls.tcp(server.port(), 0));
    }

    @Test
    void namesAnHttpsAddress() {
        assertThat(server.url()).hasToString("https://localhost:" + server.port() + "/");
    }

    @Test
    void echoesWhatTheWebSocketClientOfTheJdkSends() throws Exception {
        CompletableFuture<Integer> echoed = new CompletableFuture<>();
        try (HttpClient client =
                HttpClient.newBuilder().sslContext(RawTls.trusting()).build()) {
            java.net.http.WebSocket webSocket = client.newWebSocketBuilder()
                    .buildAsync(URI.create("wss://localhost:" + server.port() + "/echo"), new Counter(echoed))
                    .get(20, TimeUnit.SECONDS);
            webSocket.sendText("x".repeat(HALF_A_MEGABYTE), true).get(20, TimeUnit.SECONDS);
            assertThat(echoed.get(20, TimeUnit.SECONDS)).isEqualTo(HALF_A_MEGABYTE);
            webSocket.sendClose(java.net.http.WebSocket.NORMAL_CLOSURE, "").get(20, TimeUnit.SECONDS);
        }
    }

    /** Counts the characters of one message. */
    private static final class Counter implements java.net.http.WebSocket.Listener {
        private final CompletableFuture<Integer> echoed;
        private int count;

        Counter(CompletableFuture<Integer> echoed) {
            this.echoed = echoed;
        }

        @Override
        public @Nullable CompletionStage<?> onText(java.net.http.WebSocket socket, CharSequence data, boolean last) {
            count += data.length();
            if (last) {
                echoed.complete(count);
            }
            socket.request(1);
            return null;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void requestsAreSecureAndConnectionsStay(String version) throws IOException {
        try (SSLSocket tls = client()) {
            tls.setEnabledProtocols(new String[] {version});
            RawConnection connection = RawConnection.over(tls);
            for (int i = 0; i < 3; i++) {
                connection.send(RawHttp.get("/secure"));
                assertThat(RawHttp.read(connection).text()).isEqualTo("secure true");
            }
        }
    }

    @Test
    void refusesVersionsBefore12() throws IOException {
        try (Socket tcp = RawTls.tcp(server.port(), 0)) {
            RawConnection connection = RawConnection.over(tcp).send(Hello.tls11());
            assertThat(connection.readExactly(3)).startsWith(21, 3); // an alert
            assertThat(connection.readExactly(4)).endsWith(2, 70); // fatal, protocol_version
            assertThat(connection.ended()).isTrue();
        }
    }

    @Test
    void agreesOnHttp11() throws IOException {
        try (SSLSocket tls = client()) {
            offer(tls, "h2", "http/1.1");
            tls.startHandshake();
            assertThat(tls.getApplicationProtocol()).isEqualTo("http/1.1");
        }
    }

    @Test
    void refusesAClientThatSpeaksHttp2Only() throws IOException {
        try (SSLSocket tls = client()) {
            offer(tls, "h2");
            assertThatThrownBy(() -> {
                        tls.startHandshake();
                        tls.getInputStream().read(); // a client of TLS 1.3 may be told later
                    })
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("no_application_protocol");
        }
    }

    private static void offer(SSLSocket tls, String... protocols) {
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setApplicationProtocols(protocols);
        tls.setSSLParameters(parameters);
    }

    @Test
    void tellsAClientOfPlainHttpWhatThePortSpeaks() throws IOException {
        try (RawConnection connection = RawConnection.open(server.port())) {
            connection.send(RawHttp.get("/secure"));
            RawHttp.Response response = RawHttp.read(connection);
            assertThat(response.status()).isEqualTo(400);
            assertThat(response.text()).contains("TLS").contains("https://");
            connection.halfClose();
            assertThat(connection.ended()).isTrue();
        }
    }

    @Test
    void endsAClientOfNeitherProtocol() throws IOException {
        try (RawConnection connection = RawConnection.open(server.port())) {
            connection.trySend(new byte[] {0, 1, 2, 3, 4, 5, 6, 7}).halfClose();
            connection.readAll();
            assertThat(connection.ended()).isTrue();
        }
    }

    @Test
    void aPlainPortAnswersTlsAtOnce() throws IOException {
        try (Weft plain = Weft.builder().host("127.0.0.1").port(0).start();
                Socket tcp = RawTls.tcp(plain.port(), 0);
                SSLSocket tls = RawTls.over(tcp)) {
            assertThatThrownBy(tls::startHandshake).isInstanceOf(SSLException.class);
        }
    }

    @Test
    void theEndOfTcpWithoutCloseNotifyEndsAWebSocketAsAbnormal() throws Exception {
        ends.clear();
        Socket tcp = RawTls.tcp(server.port(), 0);
        SSLSocket tls = RawTls.over(tcp);
        RawConnection connection = RawConnection.over(tls).send(RawWebSocket.handshake("/echo"));
        RawWebSocket.upgraded(connection).send("x").text();
        tcp.close();
        assertThat(ends.poll(20, TimeUnit.SECONDS)).contains("1006");
    }

    /** In TLS 1.2 the type of a record can be seen from outside: 21 is an alert. */
    @Test
    void saysCloseNotifyBeforeTheEndOfTcp() throws IOException {
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        try (Socket tcp = new Tapped(seen)) {
            tcp.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
            SSLSocket tls = RawTls.over(tcp);
            tls.setEnabledProtocols(new String[] {"TLSv1.2"});
            RawConnection connection = RawConnection.over(tls).send(RawHttp.get("/secure", "Connection: close"));
            assertThat(RawHttp.read(connection).status()).isEqualTo(200);
            assertThat(connection.read()).isEqualTo(-1);
        }
        assertThat(recordTypes(seen.toByteArray())).endsWith(23, 21);
    }

    private static List<Integer> recordTypes(byte[] bytes) {
        List<Integer> types = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        while (in.hasRemaining()) {
            types.add((int) in.get());
            in.getShort(); // version
            int length = in.getShort();
            in.position(in.position() + length);
        }
        return types;
    }

    /** A socket that shows what comes in. */
    private static final class Tapped extends Socket {
        private final OutputStream seen;

        Tapped(OutputStream seen) {
            this.seen = seen;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read(byte[] target, int offset, int length) throws IOException {
                    int count = super.read(target, offset, length);
                    seen.write(target, offset, Math.max(0, count));
                    return count;
                }
            };
        }
    }

    /** The client asks for another handshake; the server neither computes nor goes on with it. */
    @Test
    void refusesRenegotiation() throws IOException {
        try (SSLSocket tls = client()) {
            tls.setEnabledProtocols(new String[] {"TLSv1.2"});
            RawConnection connection = RawConnection.over(tls).send(RawHttp.get("/secure"));
            assertThat(RawHttp.read(connection).status()).isEqualTo(200);
            tls.getSession().invalidate();
            assertThatThrownBy(() -> {
                        tls.startHandshake();
                        tls.getOutputStream().write(RawHttp.get("/secure").getBytes(StandardCharsets.US_ASCII));
                        tls.getInputStream().read();
                    })
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("protocol_version");
        }
    }

    @Test
    void pagesOfPlainOriginsAreNotOfThisServer() throws IOException {
        String host = "Host: localhost:" + server.port();
        assertThat(statusFor(host, "Origin: https://localhost:" + server.port()))
                .isEqualTo(101);
        assertThat(statusFor(host, "Origin: http://localhost:" + server.port())).isEqualTo(403);
    }

    private static int statusFor(String... fields) throws IOException {
        try (RawConnection connection = RawTls.open(server.port())) {
            String handshake = RawWebSocket.handshake("/echo", fields[1]);
            connection.send(handshake.replaceFirst("Host: [^\r]*", fields[0]));
            return RawHttp.read(connection).status();
        }
    }

    @Test
    void answersTheHttpClientOfTheJdk() throws Exception {
        try (HttpClient client =
                HttpClient.newBuilder().sslContext(RawTls.trusting()).build()) {
            String body = client.send(
                            HttpRequest.newBuilder(server.url().resolve("/secure"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
            assertThat(body).isEqualTo("secure true");
        }
    }
}
