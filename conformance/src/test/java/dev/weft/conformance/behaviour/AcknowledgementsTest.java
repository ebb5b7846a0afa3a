package dev.weft.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Ack;
import dev.weft.Socket;
import dev.weft.faults.LeakLedger;
import dev.weft.faults.Peer;
import dev.weft.faults.Servers;
import dev.weft.server.Options;
import dev.weft.server.Weft;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Acknowledgements that the application gives late, twice, never, or with values that need care. */
@Timeout(60)
@ExtendWith(LeakLedger.class)
class AcknowledgementsTest {
    private static final int LIMIT = 20;

    private final BlockingQueue<Ack<Object>> claims = new LinkedBlockingQueue<>();
    private Weft server;

    @BeforeEach
    void start() {
        server = Servers.start(
                Options.defaults().maxPendingAcks(LIMIT), namespace -> namespace.onConnect(this::handlers));
    }

    @AfterEach
    void stop() {
        Servers.awaitEmpty(server);
        server.close();
    }

    private void handlers(Socket socket) {
        socket.on("null", event -> event.reply((Object[]) null));
        socket.on("emit-null", event -> socket.emit("got", (Object[]) null));
        socket.on("claim", event -> claims.add(event.ack()));
        socket.on("claim-and-reply", event -> {
            event.ack();
            event.reply("now");
        });
        socket.on("claim-twice", event -> {
            event.ack();
            event.ack().send("once");
        });
        socket.on(
                "fail-later",
                event -> event.replyWhen(CompletableFuture.failedFuture(new IllegalStateException("as wanted"))));
        socket.on("echo", event -> event.reply(event.arguments().get(0)));
    }

    private int timers() {
        return (int) server.stats().timers();
    }

    @ParameterizedTest
    @EnumSource(Peer.Via.class)
    void aBareNullIsOneValue(Peer.Via via) throws Exception {
        try (Peer peer = via.connect(server.port())) {
            peer.send("421[\"null\"]", "42[\"emit-null\"]");
            assertThat(peer.next()).isEqualTo("431[null]");
            assertThat(peer.next()).isEqualTo("42[\"got\",null]");
        }
    }

    @Test
    void aClaimedAcknowledgementLeavesNoTimerOnceItIsGiven() throws Exception {
        try (Peer peer = Peer.Via.WEBSOCKET.connect(server.port())) {
            int before = timers();
            for (String event : new String[] {"claim-and-reply", "claim-twice", "fail-later"}) {
                for (int i = 0; i < LIMIT; i++) {
                    peer.send("421[\"" + event + "\"]");
                    assertThat(peer.next()).startsWith("431[");
                }
                // One more or less: a timer that runs right now is not counted.
                assertThat(timers()).as(event).isLessThan(before + LIMIT / 2);
            }
        }
    }

    @Test
    void claimsEndWithTheirSocket() throws Exception {
        try (Peer peer = Peer.Via.WEBSOCKET.connect(server.port())) {
            for (int i = 0; i < LIMIT; i++) {
                peer.send("42" + i + "[\"claim\"]");
                claims.take();
            }
            assertThat(timers()).isGreaterThanOrEqualTo(LIMIT); // those of the claims, and the server's own
        }
        Servers.awaitEmpty(server); // timers too, long before their time
        claims.forEach(claim -> claim.send("nobody waits"));
    }

    @Test
    void noMoreAcknowledgementsAreClaimedThanTheLimitAllows() throws Exception {
        try (Peer peer = Peer.Via.WEBSOCKET.connect(server.port())) {
            Ack<Object> first = null;
            for (int i = 0; i < LIMIT; i++) {
                peer.send("42" + i + "[\"claim\"]");
                Ack<Object> claim = claims.take();
                first = first == null ? claim : first;
            }
            peer.send("42100[\"claim\"]");
            assertThat(peer.next()).startsWith("43100[{\"$error\":{\"code\":\"INTERNAL\"");
            first.send("free");
            assertThat(peer.next()).isEqualTo("430[\"free\"]");
            peer.send("42101[\"claim\"]");
            claims.take().send("again");
            assertThat(peer.next()).isEqualTo("43101[\"again\"]");
        }
    }
}
