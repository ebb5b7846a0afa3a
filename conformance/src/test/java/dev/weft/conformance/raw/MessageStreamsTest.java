package dev.weft.conformance.raw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.CloseCode;
import dev.weft.Message;
import dev.weft.WebSocket;
import dev.weft.faults.Await;
import dev.weft.faults.Frame;
import dev.weft.faults.RawConnection;
import dev.weft.faults.RawWebSocket;
import dev.weft.server.Options;
import dev.weft.server.Weft;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Outgoing messages of unknown length (RFC 6455, section 5.4) over real sockets. */
@Timeout(60)
class MessageStreamsTest {
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final int FRAME = 16 * 1024;
    private static final BlockingQueue<WebSocket> OPENED = new LinkedBlockingQueue<>();

    private static Weft server;

    @BeforeAll
    static void start() {
        server = Weft.builder()
                .host("127.0.0.1")
                .port(0)
                .options(Options.defaults().maxQueuedBytes(1_000_000))
                .webSocket("/", MessageStreamsTest::serve)
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
        assertThat(server.stats().unexpectedFailures()).isZero();
    }

    private static void serve(WebSocket webSocket) throws IOException {
        OPENED.add(webSocket);
        for (Message message; (message = webSocket.receive()) != null; ) {
            if (message.equals(Message.text("stream"))) {
                try (OutputStream out = webSocket.binaryStream()) {
                    out.write(noise());
                }
            } else if (message.equals(Message.text("leave"))) {
                webSocket.binaryStream().write(new byte[2 * FRAME]);
                return;
            }
        }
    }

    private static byte[] noise() {
        byte[] noise = new byte[300_000];
        new Random(1).nextBytes(noise);
        return noise;
    }

    private static WebSocket opened() throws InterruptedException {
        WebSocket webSocket = OPENED.poll(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        assertThat(webSocket).isNotNull();
        return webSocket;
    }

    @Test
    void theEndpointStreamsALongMessageInBoundedFrames() throws Exception {
        try (RawWebSocket peer = RawWebSocket.open(server.port(), "/")) {
            opened();
            peer.send("stream");
            Frame frame = peer.next();
            assertThat(frame.opcode()).isEqualTo(Frame.BINARY);
            int size = 0;
            for (; !frame.fin(); frame = peer.next()) {
                assertThat(frame.payload()).hasSizeLessThanOrEqualTo(FRAME);
                size += frame.payload().length;
            }
            assertThat(size + frame.payload().length).isEqualTo(300_000);
            peer.send("stream");
            assertThat(peer.message().payload()).isEqualTo(noise());
        }
    }

    @Test
    void controlFramesPassWithinTheMessageAndOtherMessagesWaitForItsEnd() throws Exception {
        try (RawWebSocket peer = RawWebSocket.open(server.port(), "/")) {
            WebSocket webSocket = opened();
            webSocket.send("before");
            try (Writer out = webSocket.textStream()) {
                out.write("Grüße, \uD83D");
                out.flush();
                assertThat(peer.text()).isEqualTo("before");
                assertThat(peer.next().utf8()).isEqualTo("Grüße, ");
                assertThat(webSocket.send("behind")).isTrue();
                assertThat(webSocket.send("behind it")).isTrue();
                peer.send(Frame.of(Frame.PING, new byte[] {7}));
                assertThat(peer.next().opcode()).isEqualTo(Frame.PONG);
                out.write("\uDE00");
            }
            Frame last = peer.next();
            assertThat(last.opcode()).isEqualTo(Frame.CONTINUATION);
            assertThat(last.fin()).isTrue();
            assertThat(last.utf8()).isEqualTo("\uD83D\uDE00");
            assertThat(peer.text()).isEqualTo("behind");
            assertThat(peer.text()).isEqualTo("behind it");
        }
    }

    @Test
    void oneMessageIsStreamedAtATime() throws Exception {
        try (RawWebSocket peer = RawWebSocket.open(server.port(), "/")) {
            WebSocket webSocket = opened();
            try (OutputStream out = webSocket.binaryStream()) {
                out.write(1);
                assertThatThrownBy(webSocket::textStream).isInstanceOf(IllegalStateException.class);
            }
            try (Writer out = webSocket.textStream()) {
                out.write("short");
            }
            webSocket.textStream().close();
            assertThat(peer.message().payload()).containsExactly(1);
            assertThat(peer.next()).usingRecursiveComparison().isEqualTo(Frame.text("short"));
            assertThat(peer.text()).isEmpty();
        }
    }

    @Test
    void aPeerThatDoesNotReadHoldsTheWriterBack() throws Exception {
        try (RawConnection connection = RawConnection.open(server.port(), 4096)) {
            connection.send(RawWebSocket.handshake("/"));
            RawWebSocket peer = RawWebSocket.upgraded(connection);
            WebSocket webSocket = opened();
            AtomicLong written = new AtomicLong();
            int total = 20_000_000;
            Thread writer = Thread.startVirtualThread(() -> {
                try (OutputStream out = webSocket.binaryStream()) {
                    for (int i = 0; i < total; i += FRAME) {
                        out.write(new byte[Math.min(FRAME, total - i)]);
                        written.addAndGet(FRAME);
                    }
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            Await.until("held back", LIMIT, () -> writer.getState() == Thread.State.WAITING && written.get() > 100_000);
            assertThat(webSocket.queuedBytes()).isLessThan(64 * 1024 + 2 * FRAME + 1024);
            assertThat(written.get()).isLessThan(total / 2);
            assertThat(peer.message().payload()).hasSize(total);
            assertThat(writer.join(LIMIT)).isTrue();
        }
    }

    @Test
    void closingGivesTheMessageUpAndFailsItsWriter() throws Exception {
        try (RawWebSocket peer = RawWebSocket.open(server.port(), "/")) {
            WebSocket webSocket = opened();
            OutputStream out = webSocket.binaryStream();
            out.write(new byte[FRAME + 1]);
            webSocket.send("behind");
            webSocket.close(CloseCode.GOING_AWAY, "");
            assertThatThrownBy(() -> out.write(new byte[FRAME])).isInstanceOf(IOException.class);
            out.close();
            Frame first = peer.next();
            assertThat(first.opcode()).isEqualTo(Frame.BINARY);
            assertThat(first.fin()).isFalse();
            peer.expectClose(1001);
        }
    }

    @Test
    void anEndpointThatLeavesItsStreamOpenEndsWithACloseFrame() throws Exception {
        try (RawWebSocket peer = RawWebSocket.open(server.port(), "/")) {
            opened();
            peer.send("leave");
            assertThat(peer.next().fin()).isFalse();
            peer.expectClose(1000);
        }
    }

    @Test
    void aPeerThatIsGoneFailsTheWriter() throws Exception {
        RawWebSocket peer = RawWebSocket.open(server.port(), "/");
        WebSocket webSocket = opened();
        OutputStream out = webSocket.binaryStream();
        out.write(new byte[FRAME + 1]);
        peer.raw().reset();
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 10_000; i++) {
                        out.write(new byte[FRAME]);
                    }
                })
                .isInstanceOf(IOException.class);
        out.close();
        assertThat(webSocket.isOpen()).isFalse();
    }

    /** The writer itself must not wait for what its own stream holds up. */
    @Test
    void whatTheStreamingEndpointSendsBehindItsStreamIsLimitedLikeOthers() throws Exception {
        try (RawWebSocket peer = RawWebSocket.open(server.port(), "/")) {
            WebSocket webSocket = opened();
            assertThat(peer.raw()).isNotNull();
            try (OutputStream out = webSocket.binaryStream()) {
                out.write(new byte[FRAME + 1]);
                boolean accepted = true;
                for (int i = 0; accepted && i < 100; i++) {
                    accepted = webSocket.send(new byte[100_000]);
                }
                assertThat(accepted).as("after 1 MB").isFalse();
            } catch (IOException e) {
                assertThat(webSocket.isOpen()).isFalse();
            }
            Await.until("cut", LIMIT, () -> !webSocket.isOpen());
        }
    }
}
