package dev.weft.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Namespace;
import dev.weft.Presence;
import dev.weft.Socket;
import dev.weft.faults.Await;
import dev.weft.faults.Peer;
import dev.weft.faults.Servers;
import dev.weft.server.Options;
import dev.weft.server.Weft;
import java.io.IOException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A user is present while at least one socket is, in whatever order sockets come and go. */
@Timeout(60)
class PresenceTest {
    private static final String USER = "ada";
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private final Presence<String> presence = new Presence<>();
    private final Queue<String> news = new ConcurrentLinkedQueue<>();
    private final CountDownLatch busy = new CountDownLatch(1);
    private final AtomicReference<Socket> last = new AtomicReference<>();
    private Weft server;

    @BeforeEach
    void start() {
        server = Servers.start(Options.defaults(), this::handlers);
    }

    @AfterEach
    void stop() {
        busy.countDown();
        Servers.awaitEmpty(server);
        server.close();
        assertThat(presence.users()).isEmpty();
    }

    private void handlers(Namespace namespace) {
        namespace.onConnect(socket -> {
            last.set(socket);
            news.add(presence.enter(USER, socket) ? "came" : "one more");
            socket.on("work", event -> {
                event.reply("working");
                busy.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            });
            socket.onDisconnect(reason -> news.add(presence.leave(USER, socket) ? "left" : "one less"));
        });
    }

    @Test
    void disconnectHandlerOfAnOldSocketLeavesTheUsersNewSocketPresent() throws IOException {
        Peer old = Peer.Via.WEBSOCKET.connect(server.port());
        old.send("420[\"work\"]");
        old.next();
        old.reset(); // its busy handler keeps the server from noticing
        try (Peer fresh = Peer.Via.WEBSOCKET.connect(server.port())) {
            busy.countDown(); // now the old socket's disconnect handler runs
            Await.until("the old socket's disconnect handler", LIMIT, () -> news.size() == 3);

            assertThat(news).containsExactly("came", "one more", "one less");
            assertThat(presence.isPresent(USER)).isTrue();
            assertThat(presence.sockets(USER)).extracting(Socket::id).containsExactly(fresh.id());
        }
        Await.until("the user's end", LIMIT, () -> !presence.isPresent(USER));
    }

    @Test
    void socketThatHasDisconnectedDoesNotEnter() throws IOException {
        Peer peer = Peer.Via.WEBSOCKET.connect(server.port());
        peer.close();
        Await.until("the disconnect handler", LIMIT, () -> news.size() == 2);

        assertThat(presence.enter(USER, last.get())).isFalse();
        assertThat(presence.isPresent(USER)).isFalse();
    }

    @Test
    void socketLeavesByItself() throws IOException {
        Presence<String> other = new Presence<>();
        try (Peer peer = Peer.Via.WEBSOCKET.connect(server.port())) {
            Await.until("the connect handler", LIMIT, () -> news.size() == 1);
            assertThat(other.enter("bob", last.get())).isTrue();
            assertThat(other.sockets("bob")).extracting(Socket::id).containsExactly(peer.id());
        }
        Await.until("its end", LIMIT, () -> other.users().isEmpty());
    }
}
