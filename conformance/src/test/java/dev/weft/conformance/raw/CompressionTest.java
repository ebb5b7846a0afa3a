package dev.weft.conformance.raw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Message;
import dev.weft.faults.Await;
import dev.weft.faults.Frame;
import dev.weft.faults.RawConnection;
import dev.weft.faults.RawHttp;
import dev.weft.faults.RawWebSocket;
import dev.weft.server.Compression;
import dev.weft.server.Options;
import dev.weft.server.Weft;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** permessage-deflate (RFC 7692) over real sockets: raw endpoints and Socket.IO, both directions. */
class CompressionTest {
    private static final int MAX = 200_000;
    private static final String OFFER = "permessage-deflate; client_max_window_bits";
    private static final String STATE = "{\"players\":[" + "{\"id\":1,\"x\":10,\"y\":20},".repeat(300) + "0]}";

    private static Weft server;

    @BeforeAll
    static void start() {
        server = Weft.builder()
                .host("127.0.0.1")
                .port(0)
                .options(Options.defaults()
                        .maxMessage(MAX)
                        .maxPayload(MAX)
                        .compression(Compression.on().clientContextTakeover(true)))
                .webSocket("/echo", webSocket -> {
                    for (Message message; (message = webSocket.receive()) != null; ) {
                        webSocket.send(message, !message.equals(Message.text(STATE + "secret")));
                    }
                })
                .namespace(
                        "/",
                        namespace -> namespace.onConnect(socket -> {
                            socket.on("all", event -> namespace.emit("state", STATE));
                            socket.on(
                                    "secretly",
                                    event -> namespace
                                            .broadcast()
                                            .compress(false)
                                            .emit("state", STATE));
                            socket.on("alone", event -> socket.compress(false).emit("state", STATE));
                            socket.on("length", String.class, text -> socket.emit("length", text.length()));
                        }))
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
        assertThat(server.stats().unexpectedFailures()).isZero();
    }

    /** A client that compresses what it sends, keeping its context, and inflates what it gets. */
    private static final class Client implements AutoCloseable {
        final RawWebSocket webSocket;
        final String agreed;
        final Deflater deflater = new Deflater(9, true);

        Client(Weft server, String target, String offer) throws IOException {
            RawConnection connection = RawConnection.open(server.port());
            connection.send(RawWebSocket.handshake(target, "Sec-WebSocket-Extensions: " + offer));
            RawHttp.Response response = RawHttp.read(connection);
            assertThat(response.status()).isEqualTo(101);
            String answer = response.header("Sec-WebSocket-Extensions");
            agreed = answer == null ? "" : answer;
            webSocket = RawWebSocket.over(connection);
        }

        Client join() throws IOException {
            plain(); // the handshake of Engine.IO
            webSocket.send("40");
            plain();
            return this;
        }

        byte[] deflated(String text) {
            deflater.setInput(text.getBytes(StandardCharsets.UTF_8));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] piece = new byte[64 * 1024];
            for (int count; (count = deflater.deflate(piece, 0, piece.length, Deflater.SYNC_FLUSH)) > 0; ) {
                out.write(piece, 0, count);
            }
            return Arrays.copyOf(out.toByteArray(), out.size() - 4);
        }

        Client send(String text) throws IOException {
            webSocket.send(Frame.of(Frame.TEXT, deflated(text)).withRsv(4));
            return this;
        }

        /** Returns the next message, which must not be compressed. */
        String plain() throws IOException {
            Frame frame = webSocket.next();
            assertThat(frame.rsv()).as(frame.toString()).isZero();
            return frame.utf8();
        }

        /** Returns the payload of the next message, which must be compressed. */
        byte[] compressed() throws IOException {
            Frame frame = webSocket.next();
            assertThat(frame.rsv()).as(frame.toString()).isEqualTo(4);
            return frame.payload();
        }

        /** Returns the next message inflated without anything that came before. */
        String inflated() throws IOException {
            return inflate(compressed());
        }

        @Override
        public void close() throws IOException {
            deflater.end();
            webSocket.close();
        }
    }

    private static String inflate(byte[] payload) {
        byte[] input = Arrays.copyOf(payload, payload.length + 4);
        input[payload.length + 2] = (byte) 0xFF;
        input[payload.length + 3] = (byte) 0xFF;
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(input);
            byte[] output = new byte[MAX];
            return new String(output, 0, inflater.inflate(output), StandardCharsets.UTF_8);
        } catch (DataFormatException e) {
            throw new AssertionError(e);
        } finally {
            inflater.end();
        }
    }

    private static Client echo(String offer) throws IOException {
        return new Client(server, "/echo", offer);
    }

    @Test
    void echoesCompressedMessagesWithTheContextOfItsClient() throws IOException {
        try (Client client = echo(OFFER)) {
            assertThat(client.agreed).isEqualTo("permessage-deflate; server_no_context_takeover");
            for (int i = 0; i < 5; i++) {
                client.send(STATE + i);
                assertThat(client.inflated()).isEqualTo(STATE + i);
            }
        }
    }

    @Test
    void shortMessagesGoPlainAndPlainOnesMayCome() throws IOException {
        try (Client client = echo(OFFER)) {
            client.send("short").webSocket.send("plain");
            assertThat(client.plain()).isEqualTo("short");
            assertThat(client.plain()).isEqualTo("plain");
            client.webSocket.send(STATE);
            assertThat(client.inflated()).isEqualTo(STATE);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 10, 11, 12, 13, 14, 15})
    void honoursEveryWindowThatAClientAsksFor(int bits) throws IOException {
        try (Client client = echo("permessage-deflate; server_max_window_bits=" + bits)) {
            assertThat(client.agreed).endsWith("; server_max_window_bits=" + bits);
            client.send(STATE);
            assertThat(client.inflated()).isEqualTo(STATE);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        permessage-deflate; server_max_window_bits=7                | ''
        permessage-deflate; server_max_window_bits=7, permessage-deflate | permessage-deflate; server_no_context_takeover
        permessage-deflate; whatever                                | ''
        x-webkit-deflate-frame                                      | ''
        "broken                                                     | ''
        """)
    void anOfferThatCannotBeKeptIsDeclinedAndTheConnectionStands(String offer, String answer) throws IOException {
        try (Client client = echo(offer)) {
            assertThat(client.agreed).isEqualTo(answer);
            client.webSocket.send(STATE);
            if (answer.isEmpty()) {
                assertThat(client.plain()).isEqualTo(STATE);
            } else {
                assertThat(client.inflated()).isEqualTo(STATE);
            }
        }
    }

    @Test
    void aFragmentedCompressedMessageLetsPingsThrough() throws IOException {
        try (Client client = echo(OFFER)) {
            byte[] payload = client.deflated(STATE);
            int half = payload.length / 2;
            client.webSocket.send(
                    Frame.of(Frame.TEXT, Arrays.copyOf(payload, half))
                            .withRsv(4)
                            .notLast(),
                    Frame.of(Frame.PING, new byte[] {1}),
                    Frame.of(Frame.CONTINUATION, Arrays.copyOfRange(payload, half, payload.length)));
            assertThat(client.webSocket.next().opcode()).isEqualTo(Frame.PONG);
            assertThat(client.inflated()).isEqualTo(STATE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/echo", "/socket.io/?EIO=4&transport=websocket"})
    void aBombCloses1009OnRawAndEngineWebSockets(String target) throws IOException {
        try (Client client = new Client(server, target, OFFER)) {
            if (!target.equals("/echo")) {
                client.join();
            }
            byte[] bomb = client.deflated("0".repeat(150_000_000));
            assertThat(bomb.length).isGreaterThan(100_000).isLessThan(MAX);
            client.webSocket.raw().trySend(Frame.of(Frame.TEXT, bomb).withRsv(4).masked());
            client.webSocket.expectClose(1009);
        }
    }

    @Test
    void damageCloses1007AndRsv1OnAContinuation1002() throws IOException {
        try (Client client = echo(OFFER)) {
            client.webSocket.send(Frame.hex(Frame.TEXT, "06ffff").withRsv(4));
            client.webSocket.expectClose(1007);
        }
        try (Client client = echo(OFFER)) {
            client.webSocket.send(
                    Frame.text("a").notLast(),
                    Frame.hex(Frame.CONTINUATION, "00").withRsv(4));
            client.webSocket.expectClose(1002);
        }
    }

    @Test
    void oneMessageMayBeSentUncompressed() throws IOException {
        try (Client client = echo(OFFER)) {
            client.send(STATE + "secret");
            assertThat(client.plain()).isEqualTo(STATE + "secret");
        }
    }

    @Test
    void aBroadcastReachesClientsOfEveryKindAndEqualOnesGetEqualBytes() throws IOException {
        String target = "/socket.io/?EIO=4&transport=websocket";
        String event = "42[\"state\"," + "\"" + STATE.replace("\"", "\\\"") + "\"]";
        List<Client> clients = new ArrayList<>();
        try (RawWebSocket plain = RawWebSocket.open(server.port(), target)) {
            plain.text();
            plain.send("40").text();
            for (String offer : List.of(OFFER, OFFER, "permessage-deflate; server_max_window_bits=9")) {
                clients.add(new Client(server, target, offer).join());
            }
            clients.getFirst().send("42[\"all\"]");
            assertThat(plain.text()).isEqualTo(event);
            byte[] first = clients.get(0).compressed();
            assertThat(inflate(first)).isEqualTo(event);
            assertThat(clients.get(1).compressed()).isEqualTo(first).hasSizeLessThan(event.length() / 5);
            assertThat(clients.get(2).inflated()).isEqualTo(event);

            plain.send("42[\"secretly\"]");
            for (Client client : clients) {
                assertThat(client.plain()).isEqualTo(event);
            }
            clients.get(2).send("42[\"alone\"]");
            assertThat(clients.get(2).plain()).isEqualTo(event);
            clients.get(2).send("42[\"length\",\"" + "é".repeat(50_000) + "\"]");
            assertThat(clients.get(2).plain()).isEqualTo("42[\"length\",50000]");
        } finally {
            for (Client client : clients) {
                client.close();
            }
        }
    }

    /** Hundreds of clients that have sent and got compressed messages and rest now, half of them without having ended one. */
    @Test
    void restingConnectionsHoldNoNativeMemory() throws Exception {
        int count = Boolean.getBoolean("weft.long") ? 3_000 : 300;
        long idle = 64 + Zlib.alive("Inflater"); // the class path takes some
        List<RawWebSocket> resting = new ArrayList<>();
        try (Client sender = echo(OFFER)) {
            byte[] payload = sender.deflated(STATE);
            for (int i = 0; i < count; i++) {
                RawConnection connection = RawConnection.open(server.port());
                connection.send(RawWebSocket.handshake("/echo", "Sec-WebSocket-Extensions: " + OFFER));
                RawWebSocket webSocket = RawWebSocket.upgraded(connection);
                webSocket.send(Frame.of(Frame.TEXT, payload).withRsv(4));
                assertThat(inflate(webSocket.next().payload())).isEqualTo(STATE);
                resting.add(webSocket);
            }
            assertThat(Zlib.alive("Inflater")).isLessThanOrEqualTo(idle);
            assertThat(Zlib.alive("Deflater"))
                    .isLessThanOrEqualTo(Runtime.getRuntime().availableProcessors() + 1);
            for (RawWebSocket webSocket : resting) {
                byte[] half = Arrays.copyOf(payload, payload.length / 2);
                webSocket.send(Frame.of(Frame.TEXT, half).withRsv(4).notLast());
            }
            Await.until("inflaters in use", Duration.ofSeconds(15), () -> Zlib.alive("Inflater") >= count);
        } finally {
            for (RawWebSocket webSocket : resting) {
                webSocket.raw().reset();
            }
        }
        Await.until("few inflaters", Duration.ofSeconds(15), () -> Zlib.alive("Inflater") <= idle);
    }

    @Test
    void noiseOfEverySizeComesBackAsItWas() throws IOException {
        Random random = new Random(3);
        try (Client client = echo("permessage-deflate; server_max_window_bits=8")) {
            for (int i = 0; i < 50; i++) {
                byte[] noise = new byte[random.nextInt(20_000)];
                random.nextBytes(noise);
                client.webSocket.send(noise);
                assertThat(client.webSocket.next().payload()).isEqualTo(noise);
            }
        }
    }
}
