package dev.weft.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.DisconnectReason;
import dev.weft.Namespace;
import dev.weft.faults.LeakLedger;
import dev.weft.faults.Peer;
import dev.weft.faults.PollingSession;
import dev.weft.faults.RawConnection;
import dev.weft.faults.RawHttp;
import dev.weft.faults.Servers;
import dev.weft.server.Options;
import dev.weft.server.Weft;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A polling client has one POST at a time: its pong cannot overtake a body that is still on its way. */
@Timeout(60)
@ExtendWith(LeakLedger.class)
class SlowPostsTest {
    private static final Duration PING_INTERVAL = Duration.ofMillis(300);
    private static final Duration PING_TIMEOUT = Duration.ofMillis(900);
    private static final Duration MUCH_LONGER = PING_INTERVAL.plus(PING_TIMEOUT).multipliedBy(3);
    private static final Duration MAX_STALL = Duration.ofSeconds(6);
    private static final Duration SLACK = Duration.ofSeconds(4);
    private static final long PAUSE_NANOS = 20_000_000;

    private final BlockingQueue<DisconnectReason> ended = new LinkedBlockingQueue<>();
    private Weft server;

    @BeforeEach
    void start() {
        Options options = Options.defaults()
                .pingInterval(PING_INTERVAL)
                .pingTimeout(PING_TIMEOUT)
                .maxHandlerStall(MAX_STALL);
        server = Servers.start(options, this::handlers);
    }

    @AfterEach
    void stop() {
        Servers.awaitEmpty(server);
        server.close();
    }

    private void handlers(Namespace namespace) {
        namespace.onConnect(socket -> {
            socket.onDisconnect(ended::add);
            socket.on(
                    "length",
                    event -> event.reply(event.arguments().get(0).toString().length()));
        });
    }

    private PollingSession joined() throws IOException {
        PollingSession session = PollingSession.open(server.port(), "/socket.io/");
        assertThat(session.post("40").status()).isEqualTo(200);
        return session;
    }

    private static RawConnection beginPost(int port, PollingSession session, int length) throws IOException {
        return RawConnection.open(port)
                .send("POST " + session.target("polling") + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + length
                        + "\r\n\r\n");
    }

    @Test
    void aBodyThatTakesLongerThanAPongMayDoesNotCostTheSession() throws IOException {
        PollingSession session = joined();
        String body = "421[\"length\",\"" + "x".repeat(1_000) + "\"]" + PollingSession.NEXT + "3";
        try (RawConnection post = beginPost(server.port(), session, body.length())) {
            int sent = 0;
            for (long end = System.nanoTime() + MUCH_LONGER.toNanos(); System.nanoTime() < end; sent++) {
                post.send(body.substring(sent, sent + 1));
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            RawHttp.Response response = RawHttp.read(post.send(body.substring(sent)));
            assertThat(response.status()).as(response.text()).isEqualTo(200);
        }
        assertThat(ended).isEmpty();
        assertThat(everything(session)).contains("431[1000]");
        assertThat(session.post("1").status()).isEqualTo(200);
    }

    /** Returns what the session brings up to the acknowledgement. */
    private static String everything(PollingSession session) throws IOException {
        StringBuilder all = new StringBuilder();
        while (all.indexOf("431[") < 0) {
            all.append(session.pollMessages()).append(PollingSession.NEXT);
        }
        return all.toString();
    }

    /** While a body is under way it may bring the pong; but not for longer than a handler may stall. */
    @Test
    void aBodyThatNeverEndsIsNoPong() throws Exception {
        PollingSession session = joined();
        long start = System.nanoTime();
        try (RawConnection post = beginPost(server.port(), session, 100_000)) {
            while (ended.isEmpty()
                    && System.nanoTime() - start < Duration.ofSeconds(40).toNanos()) {
                post.trySend(new byte[] {'4'});
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        assertThat(ended.poll(Peer.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(DisconnectReason.PING_TIMEOUT);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isLessThan(PING_INTERVAL
                        .plus(PING_TIMEOUT.multipliedBy(2))
                        .plus(MAX_STALL)
                        .plus(SLACK));
    }
}
