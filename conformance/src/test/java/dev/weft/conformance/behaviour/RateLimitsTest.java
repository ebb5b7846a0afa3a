package dev.weft.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.DisconnectReason;
import dev.weft.Message;
import dev.weft.faults.Await;
import dev.weft.faults.Frame;
import dev.weft.faults.Peer;
import dev.weft.faults.PollingSession;
import dev.weft.faults.RawHttp;
import dev.weft.faults.RawWebSocket;
import dev.weft.faults.Servers;
import dev.weft.server.Options;
import dev.weft.server.Weft;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client that sends more than its rates is read later, stays alive meanwhile, and is cut if it does not stop. */
@Timeout(120)
class RateLimitsTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";
    private static final int RATE = 100;

    private static Options rates() {
        return Options.defaults().messageRate(RATE).rateLimitPatience(Duration.ofSeconds(1));
    }

    private static byte[] frames(int count, Frame frame) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            bytes.writeBytes(frame.masked());
        }
        return bytes.toByteArray();
    }

    @Test
    void holdsAClientBackThatSendsABurst() throws IOException {
        AtomicInteger received = new AtomicInteger();
        Options options = rates().rateLimitPatience(LIMIT);
        try (Weft server = Servers.start(
                        options,
                        namespace -> namespace.onConnect(
                                socket -> socket.on("n", event -> event.reply(received.incrementAndGet()))));
                Peer client = Peer.Via.WEBSOCKET.connect(server.port())) {
            long start = System.nanoTime();
            String[] packets = new String[4 * RATE];
            Arrays.setAll(packets, i -> "42" + i + "[\"n\"]");
            client.send(packets);
            client.next(packet -> packet.startsWith("43" + (4 * RATE - 1)));

            assertThat(received).hasValue(4 * RATE);
            assertThat(System.nanoTime() - start)
                    .as("half of them came at once")
                    .isGreaterThan(1_500_000_000L);
        }
    }

    @Test
    void closesWith1008WhenAClientDoesNotStop() throws IOException {
        AtomicReference<@Nullable DisconnectReason> reason = new AtomicReference<>();
        try (Weft server = Servers.start(
                        rates(), namespace -> namespace.onConnect(socket -> socket.onDisconnect(reason::set)));
                RawWebSocket client = RawWebSocket.open(server.port(), WEBSOCKET)) {
            client.text();
            client.send("40");
            client.raw().send(frames(50 * RATE, Frame.text("42[\"n\"]")));

            Frame last = client.next();
            while (last.opcode() != Frame.CLOSE) {
                last = client.next();
            }
            assertThat(last.closeCode()).isEqualTo(1008);
            assertThat(last.closeReason()).isEqualTo("rate limit");
            Await.until("the reason", LIMIT, () -> reason.get() == DisconnectReason.RATE_LIMIT);
            client.raw().close();
            Servers.awaitEmpty(server);
        }
    }

    @ParameterizedTest
    @EnumSource
    void countsEveryKindOfFrameOnARawWebSocket(Flood flood) throws IOException {
        Options options = rates().byteRate(20_000);
        try (Weft server = Servers.builder(options)
                        .webSocket("/raw", webSocket -> {
                            while (webSocket.receive() != null) {
                                // only counts
                            }
                        })
                        .start();
                RawWebSocket client = RawWebSocket.open(server.port(), "/raw")) {
            client.raw().send(flood.bytes());

            Frame last = client.next();
            while (last.opcode() == Frame.PONG) {
                last = client.next();
            }
            assertThat(last.closeCode()).isEqualTo(1008);
            assertThat(last.closeReason()).isEqualTo("rate limit");
            client.raw().close();
            Servers.awaitEmpty(server);
        }
    }

    enum Flood {
        MESSAGES,
        PINGS,
        BYTES,
        /** Two bytes of payload a message in 52 frames of six or seven bytes. */
        FRAGMENTS;

        byte[] bytes() {
            return switch (this) {
                case MESSAGES -> frames(20 * RATE, Frame.text("a"));
                case PINGS -> frames(20 * RATE, Frame.of(Frame.PING, new byte[0]));
                case BYTES -> frames(20, Frame.of(Frame.BINARY, new byte[10_000]));
                case FRAGMENTS -> fragments(500, 50);
            };
        }

        private static byte[] fragments(int messages, int each) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            for (int i = 0; i < messages; i++) {
                bytes.writeBytes(Frame.of(Frame.BINARY, new byte[1]).notLast().masked());
                bytes.writeBytes(
                        frames(each, Frame.of(Frame.CONTINUATION, new byte[0]).notLast()));
                bytes.writeBytes(Frame.of(Frame.CONTINUATION, new byte[1]).masked());
            }
            return bytes.toByteArray();
        }
    }

    @Test
    void answersAPostWith429WhenAClientDoesNotStop() throws IOException {
        AtomicReference<@Nullable DisconnectReason> reason = new AtomicReference<>();
        try (Weft server =
                Servers.start(rates(), namespace -> namespace.onConnect(socket -> socket.onDisconnect(reason::set)))) {
            PollingSession session = PollingSession.open(server.port(), "/socket.io/");
            assertThat(session.post("40").status()).isEqualTo(200);
            String body = ("42[\"n\"]" + PollingSession.NEXT).repeat(20 * RATE) + "42[\"n\"]";

            RawHttp.Response response = session.post(body);
            assertThat(response.status()).isEqualTo(429);
            assertThat(response.header("Retry-After")).isEqualTo("10");
            Await.until("the disconnect handler", LIMIT, () -> reason.get() != null);
            assertThat(reason).hasValue(DisconnectReason.RATE_LIMIT);
            Servers.awaitEmpty(server);
        }
    }

    /** Its pong waits behind seconds of messages that are not read yet: that is not its silence. */
    @Test
    void aClientThatIsHeldBackIsNotTakenForDead() throws IOException {
        AtomicReference<@Nullable DisconnectReason> reason = new AtomicReference<>();
        AtomicInteger received = new AtomicInteger();
        Options options = rates().rateLimitPatience(LIMIT)
                .pingInterval(Duration.ofSeconds(1))
                .pingTimeout(Duration.ofSeconds(1))
                .maxHandlerStall(Duration.ofMillis(100));
        try (Weft server = Servers.start(
                        options,
                        namespace -> namespace.onConnect(socket -> {
                            socket.onDisconnect(reason::set);
                            socket.on("n", event -> event.reply(received.incrementAndGet()));
                        }));
                Peer client = Peer.Via.WEBSOCKET.connect(server.port())) {
            String[] packets = new String[5 * RATE];
            Arrays.setAll(packets, i -> "42" + i + "[\"n\"]");
            client.send(packets);
            Await.until(() -> "all, but " + received + " " + reason, LIMIT, () -> received.get() == 5 * RATE);

            assertThat(reason).hasValue(null);
        }
    }

    /** The successor that reads while a handler waits holds the client back as well, and still finds the acknowledgement. */
    @Test
    void holdsBackWhileAHandlerWaits() throws IOException {
        Options options = rates().rateLimitPatience(LIMIT);
        try (Weft server = Servers.start(
                        options,
                        namespace -> namespace.onConnect(socket -> {
                            socket.on(
                                    "ask",
                                    event -> event.reply(socket.timeout(LIMIT)
                                            .emitWithAck("question")
                                            .get(0)));
                            socket.on("n", event -> event.reply(1));
                        }));
                Peer client = Peer.Via.WEBSOCKET.connect(server.port())) {
            client.send("420[\"ask\"]");
            String question = client.next(packet -> packet.contains("question"));
            long start = System.nanoTime();
            String[] packets = new String[4 * RATE];
            Arrays.setAll(packets, i -> "42" + (i + 1) + "[\"n\"]");
            packets[packets.length - 1] = "43" + question.substring(2, question.indexOf('[')) + "[\"yes\"]";
            client.send(packets);

            assertThat(client.next(packet -> packet.startsWith("430["))).isEqualTo("430[\"yes\"]");
            assertThat(System.nanoTime() - start).isGreaterThan(1_500_000_000L);
        }
    }

    @Test
    void aCalmClientDoesNotFeelAnAbusiveOne() throws IOException {
        try (Weft server = Servers.builder(Options.defaults().rateLimitPatience(LIMIT))
                        .webSocket("/raw", webSocket -> {
                            for (Message message; (message = webSocket.receive()) != null; ) {
                                webSocket.send(message);
                            }
                        })
                        .start();
                RawWebSocket abusive = RawWebSocket.open(server.port(), "/raw");
                RawWebSocket calm = RawWebSocket.open(server.port(), "/raw")) {
            byte[] flood = frames(10_000, Frame.of(Frame.PONG, new byte[0]));
            Thread sender = Thread.ofVirtual().name("flood").start(() -> {
                try {
                    while (true) {
                        abusive.raw().send(flood);
                    }
                } catch (IOException e) {
                    // the end
                }
            });
            long worst = 0;
            for (int i = 0; i < 200; i++) {
                long start = System.nanoTime();
                calm.send("calm");
                assertThat(calm.text()).isEqualTo("calm");
                worst = Math.max(worst, System.nanoTime() - start);
            }
            System.out.println("slowest answer beside a flood: " + worst / 1_000_000 + " ms");
            assertThat(worst).isLessThan(5_000_000_000L);
            assertThat(sender.isAlive()).as("the flood goes on").isTrue();
        }
    }
}
