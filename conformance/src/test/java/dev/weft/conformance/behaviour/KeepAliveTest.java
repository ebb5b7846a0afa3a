package dev.weft.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Message;
import dev.weft.WebSocket;
import dev.weft.faults.Frame;
import dev.weft.faults.LeakLedger;
import dev.weft.faults.RawWebSocket;
import dev.weft.faults.Servers;
import dev.weft.server.Options;
import dev.weft.server.Weft;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What proves life on a raw WebSocket: any byte of the peer, and nothing of the server's own. */
@Timeout(60)
@ExtendWith(LeakLedger.class)
class KeepAliveTest {
    private static final Duration PING_INTERVAL = Duration.ofMillis(500);
    private static final Duration PING_TIMEOUT = Duration.ofMillis(1_000);
    private static final Duration LIMIT = PING_INTERVAL.plus(PING_TIMEOUT);
    private static final Duration MUCH_LONGER = LIMIT.multipliedBy(3);
    private static final Duration SLACK = Duration.ofSeconds(4);
    private static final long PAUSE_NANOS = 20_000_000;
    private static final int MORE_THAN_TRICKLES = 1_000;

    private Weft server;

    @BeforeEach
    void start() {
        Options options = Options.defaults().pingInterval(PING_INTERVAL).pingTimeout(PING_TIMEOUT);
        server = Servers.builder(options)
                .webSocket("/echo", KeepAliveTest::echo)
                .webSocket("/news", KeepAliveTest::tellNews)
                .start();
    }

    @AfterEach
    void stop() {
        Servers.awaitEmpty(server);
        server.close();
    }

    private static void echo(WebSocket webSocket) {
        for (Message message = webSocket.receive(); message != null; message = webSocket.receive()) {
            webSocket.send(message);
        }
    }

    private static void tellNews(WebSocket webSocket) {
        while (webSocket.isOpen()) {
            webSocket.send("news");
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    /** Repeats {@code step} with pauses that are far shorter than what a silent peer is granted. */
    private static int repeat(Duration time, Step step) throws IOException {
        int steps = 0;
        for (long end = System.nanoTime() + time.toNanos(); System.nanoTime() < end; steps++) {
            step.run();
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return steps;
    }

    /** Returns the next message behind pings; the peer never answers these. */
    private static Frame messageBehindPings(RawWebSocket client) throws IOException {
        Frame frame = client.next();
        while (frame.opcode() == Frame.PING) {
            frame = client.next();
        }
        return frame;
    }

    @Test
    void letsAClientLiveThatTricklesOneLongFrame() throws IOException {
        try (RawWebSocket client = RawWebSocket.open(server.port(), "/echo")) {
            Frame longFrame = Frame.of(Frame.BINARY, new byte[MORE_THAN_TRICKLES]);
            byte[] all = longFrame.masked();
            int[] sent = {0};
            repeat(MUCH_LONGER, () -> client.raw().send(new byte[] {all[sent[0]++]}));
            for (; sent[0] < all.length; sent[0]++) {
                client.raw().send(new byte[] {all[sent[0]]});
            }
            Frame echo = messageBehindPings(client);
            assertThat(echo.opcode()).isEqualTo(Frame.BINARY);
            assertThat(echo.payload()).isEqualTo(longFrame.payload());
        }
    }

    @Test
    void letsAClientLiveThatSendsOneMessageInManyFragments() throws IOException {
        try (RawWebSocket client = RawWebSocket.open(server.port(), "/echo")) {
            Frame fragment = Frame.of(Frame.CONTINUATION, new byte[] {'x'}).notLast();
            client.send(Frame.text("x").notLast());
            int fragments = repeat(MUCH_LONGER, () -> client.send(fragment));
            client.send(Frame.of(Frame.CONTINUATION, new byte[0]));
            assertThat(messageBehindPings(client).utf8()).isEqualTo("x".repeat(fragments + 1));
        }
    }

    @Test
    void letsAClientLiveThatOnlyAnswersPings() throws IOException {
        try (RawWebSocket client = RawWebSocket.open(server.port(), "/echo")) {
            for (long end = System.nanoTime() + MUCH_LONGER.toNanos(); System.nanoTime() < end; ) {
                Frame ping = client.next();
                assertThat(ping.opcode()).isEqualTo(Frame.PING);
                client.send(Frame.of(Frame.PONG, ping.payload()));
            }
            client.send("still here");
            assertThat(messageBehindPings(client).utf8()).isEqualTo("still here");
        }
    }

    @Test
    void killsASilentClientAfterIntervalAndTimeout() throws IOException {
        long start = System.nanoTime();
        try (RawWebSocket client = RawWebSocket.open(server.port(), "/echo")) {
            assertThat(readToTheEnd(client)).as("pings").isPositive();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(LIMIT, LIMIT.plus(SLACK));
    }

    @Test
    void doesNotTakeItsOwnMessagesForLife() throws IOException {
        long start = System.nanoTime();
        try (RawWebSocket client = RawWebSocket.open(server.port(), "/news")) {
            readToTheEnd(client);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(LIMIT, LIMIT.plus(SLACK));
    }

    /** A frame of which the rest never comes proves life once. */
    @Test
    void killsAClientThatFallsSilentInTheMiddleOfAFrame() throws IOException {
        try (RawWebSocket client = RawWebSocket.open(server.port(), "/echo")) {
            long start = System.nanoTime();
            client.raw().send(Arrays.copyOf(Frame.text("never finished").masked(), 8));
            readToTheEnd(client);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            assertThat(took).isBetween(LIMIT, LIMIT.plus(SLACK));
        }
    }

    /** Reads until the server ends the connection, which it does without a close frame; returns the pings that came. */
    private static int readToTheEnd(RawWebSocket client) {
        int pings = 0;
        try {
            for (Frame frame = client.next(); ; frame = client.next()) {
                assertThat(frame.opcode()).isNotEqualTo(Frame.CLOSE);
                pings += frame.opcode() == Frame.PING ? 1 : 0;
            }
        } catch (IOException e) {
            return pings;
        }
    }
}
