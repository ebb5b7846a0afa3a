package dev.weft.conformance.raw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Message;
import dev.weft.WebSocket;
import dev.weft.conformance.App;
import dev.weft.conformance.Settings;
import dev.weft.faults.Frame;
import dev.weft.faults.LeakLedger;
import dev.weft.faults.RawConnection;
import dev.weft.faults.RawHttp;
import dev.weft.faults.RawWebSocket;
import dev.weft.server.Weft;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The opening handshake of RFC 6455, section 4.2, byte by byte against the raw echo server. */
@ExtendWith(LeakLedger.class)
class HandshakeObligationsTest {
    private static final String KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
    private static final String[] VALID = {
        "Host: localhost", "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13", KEY
    };

    private static Weft echo;
    private static Weft guarded;

    @BeforeAll
    static void start() {
        echo = App.WEBSOCKET.start(Settings.anyPort());
        guarded = Weft.builder()
                .host("127.0.0.1")
                .port(0)
                .webSocket("/", HandshakeObligationsTest::echo)
                .webSocket("/protocols", HandshakeObligationsTest::echo, "v2", "v1")
                .start();
    }

    @AfterAll
    static void stop() {
        echo.close();
        guarded.close();
    }

    private static void echo(WebSocket webSocket) {
        for (Message message = webSocket.receive(); message != null; message = webSocket.receive()) {
            webSocket.send(message);
        }
    }

    /** Returns the valid handshake with the line that starts like {@code line} replaced, or {@code line} added. */
    private static String with(String line) {
        return with("GET / HTTP/1.1", line);
    }

    private static String with(String requestLine, String line) {
        String name = line.substring(0, line.indexOf(':') + 1).toLowerCase(Locale.ROOT);
        StringBuilder head = new StringBuilder(requestLine).append("\r\n");
        boolean replaced = false;
        for (String valid : VALID) {
            boolean same = valid.toLowerCase(Locale.ROOT).startsWith(name);
            replaced |= same;
            head.append(same ? line : valid).append("\r\n");
        }
        return head.append(replaced ? "" : line + "\r\n").append("\r\n").toString();
    }

    private static String without(String name) {
        StringBuilder head = new StringBuilder("GET / HTTP/1.1\r\n");
        for (String valid : VALID) {
            head.append(valid.startsWith(name + ":") ? "" : valid + "\r\n");
        }
        return head.append("\r\n").toString();
    }

    private static String twice(String line) {
        return with("X-Other: 1").replace("X-Other: 1", line);
    }

    @ParameterizedTest
    @CsvSource({
        "dGhlIHNhbXBsZSBub25jZQ==, s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
        "x3JJHMbDL1EzLkh9GBhXDw==, HSmrc0sMlYUkAGmm5OPpG2HaGWk="
    })
    void acceptsTheKeysOfTheRfc(String key, String accept) throws IOException {
        RawHttp.Response response = RawHttp.exchange(echo.port(), with("Sec-WebSocket-Key: " + key));
        assertThat(response.status()).isEqualTo(101);
        assertThat(response.header("Sec-WebSocket-Accept")).isEqualTo(accept);
        assertThat(response.header("Upgrade")).isEqualToIgnoringCase("websocket");
        assertThat(response.header("Connection")).isEqualToIgnoringCase("upgrade");
        assertThat(response.header("Sec-WebSocket-Protocol")).isNull();
        assertThat(response.header("Content-Length")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "upgrade: WebSocket",
                "Upgrade: WEBSOCKET",
                "Upgrade: h2c, websocket",
                "Connection: keep-alive, Upgrade",
                "Connection: upgrade",
                "CONNECTION:\tkeep-alive ,\tUPGRADE\t",
                "Connection: keep-alive\r\nConnection: Upgrade",
                "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits",
                "Sec-WebSocket-Extensions: nonsense; a=b; a=\"c d\", permessage-deflate; server_max_window_bits=99",
                "Origin: https://elsewhere.example",
                "X-Empty:",
            })
    void acceptsEveryLegalSpelling(String line) throws IOException {
        try (RawWebSocket webSocket =
                RawWebSocket.upgraded(RawConnection.open(echo.port()).send(with(line)))) {
            webSocket.send("hello");
            assertThat(webSocket.text()).isEqualTo("hello");
        }
    }

    @Test
    void negotiatesNoExtensionUnlessSwitchedOn() throws IOException {
        String head = with("Sec-WebSocket-Extensions: permessage-deflate");
        assertThat(RawHttp.exchange(guarded.port(), head).header("Sec-WebSocket-Extensions"))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sec-WebSocket-Key: ",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZ",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25j",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZTE=",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZTEy",
                "Sec-WebSocket-Key: !!!!IHNhbXBsZSBub25jZQ==",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==, dGhlIHNhbXBsZSBub25jZQ==",
                "Host: a\r\nHost: b",
            })
    void refusesBadKeysAndHostsWith400(String line) throws IOException {
        assertRefused(with(line), 400);
    }

    @Test
    void refusesARepeatedKeyWith400() throws IOException {
        assertRefused(twice(KEY), 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host", "Sec-WebSocket-Key"})
    void refusesAMissingFieldWith400(String name) throws IOException {
        assertRefused(without(name), 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"12", "8", "14", "130", "x", "0"})
    void refusesAnotherVersionWith426(String version) throws IOException {
        RawHttp.Response response = assertRefused(with("Sec-WebSocket-Version: " + version), 426);
        assertThat(response.header("Sec-WebSocket-Version")).isEqualTo("13");
        assertThat(response.header("Upgrade")).isEqualToIgnoringCase("websocket");
    }

    @Test
    void refusesAMissingVersion() throws IOException {
        assertThat(RawHttp.exchange(echo.port(), without("Sec-WebSocket-Version"))
                        .status())
                .isIn(400, 426);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "HEAD", "OPTIONS"})
    void refusesAnotherMethodWith400(String method) throws IOException {
        try (RawConnection connection = RawConnection.open(echo.port())) {
            connection.send(with(method + " / HTTP/1.1", "X-Other: 1"));
            assertThat(RawHttp.read(connection, !method.equals("HEAD")).status())
                    .isEqualTo(400);
            assertThat(connection.ended()).isTrue();
        }
    }

    @Test
    void refusesHttp10With400() throws IOException {
        assertRefused(with("GET / HTTP/1.0", "X-Other: 1"), 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Upgrade", "Connection"})
    void answersARequestThatAsksForNoUpgradeAsPlainHttp(String name) throws IOException {
        assertThat(RawHttp.exchange(echo.port(), without(name)).status()).isBetween(400, 499);
    }

    @Test
    void refusesAnUnknownPathWith404() throws IOException {
        assertRefused(with("GET /unknown HTTP/1.1", "X-Other: 1"), 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://elsewhere.example", "null", "https://localhost.example", "http://localhost:1"})
    void refusesAForeignOriginWith403(String origin) throws IOException {
        String head = with("Host: localhost:" + guarded.port());
        String foreign = head.replace("\r\n\r\n", "\r\nOrigin: " + origin + "\r\n\r\n");
        assertThat(RawHttp.exchange(guarded.port(), foreign).status()).isEqualTo(403);
    }

    @Test
    void admitsTheSameOriginAndNoOrigin() throws IOException {
        String head = with("Host: localhost:" + guarded.port());
        String same = head.replace("\r\n\r\n", "\r\nOrigin: http://localhost:" + guarded.port() + "\r\n\r\n");
        assertThat(RawHttp.exchange(guarded.port(), same).status()).isEqualTo(101);
        assertThat(RawHttp.exchange(guarded.port(), head).status()).isEqualTo(101);
    }

    @Test
    void parsesNoBytesBehindARefusedUpgrade() throws IOException {
        try (RawConnection connection = RawConnection.open(echo.port())) {
            connection.send(with("Sec-WebSocket-Version: 12") + RawHttp.get("/unknown") + with("X-Other: 1"));
            assertThat(RawHttp.read(connection).status()).isEqualTo(426);
            assertThat(connection.ended()).isTrue();
        }
    }

    @Test
    void readsFramesInTheSegmentOfTheHead() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(with("X-Other: 1").getBytes(StandardCharsets.ISO_8859_1));
        bytes.write(Frame.text("first").masked());
        byte[] half = Frame.text("second").masked();
        bytes.write(half, 0, 3);
        try (RawConnection connection = RawConnection.open(echo.port()).send(bytes.toByteArray())) {
            RawWebSocket webSocket = RawWebSocket.upgraded(connection);
            assertThat(webSocket.text()).isEqualTo("first");
            connection.send(java.util.Arrays.copyOfRange(half, 3, half.length));
            assertThat(webSocket.text()).isEqualTo("second");
        }
    }

    @Test
    void readsAHeadThatComesByteByByte() throws IOException {
        byte[] head = with("X-Other: 1").getBytes(StandardCharsets.ISO_8859_1);
        try (RawConnection connection = RawConnection.open(echo.port()).sendInPieces(head, 1)) {
            RawWebSocket webSocket = RawWebSocket.upgraded(connection);
            connection.sendInPieces(Frame.text("slow").masked(), 1);
            assertThat(webSocket.text()).isEqualTo("slow");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"v1, v2|v2", "v1|v1", "other, v1|v1", "other|", "V2|", "v1;v2|v2"})
    void choosesTheSubprotocolThatTheServerPrefers(String offered, String chosen) throws IOException {
        String head = with(
                "GET /protocols HTTP/1.1",
                "Sec-WebSocket-Protocol: " + offered.replace(";", "\r\nSec-WebSocket-Protocol: "));
        RawHttp.Response response = RawHttp.exchange(guarded.port(), head);
        assertThat(response.status()).isEqualTo(101);
        assertThat(response.header("Sec-WebSocket-Protocol")).isEqualTo(chosen);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1, v1", "v 1", "v1, \"v2\"", "v1, v/2", "v1,é"})
    void refusesDuplicateAndIllegalSubprotocolsWith400(String offered) throws IOException {
        String head = with("GET /protocols HTTP/1.1", "Sec-WebSocket-Protocol: " + offered);
        assertThat(RawHttp.exchange(guarded.port(), head).status()).isEqualTo(400);
    }

    private static RawHttp.Response assertRefused(String head, int status) throws IOException {
        try (RawConnection connection = RawConnection.open(echo.port()).send(head)) {
            RawHttp.Response response = RawHttp.read(connection);
            assertThat(response.status()).as(response.toString()).isEqualTo(status);
            assertThat(connection.ended()).as("closed after a refusal").isTrue();
            return response;
        }
    }
}
