package dev.weft.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.DisconnectReason;
import dev.weft.Namespace;
import dev.weft.Socket;
import dev.weft.faults.Await;
import dev.weft.faults.LeakLedger;
import dev.weft.faults.Peer;
import dev.weft.faults.RawConnection;
import dev.weft.faults.RawHttp;
import dev.weft.faults.RawWebSocket;
import dev.weft.faults.Servers;
import dev.weft.server.Options;
import dev.weft.server.Weft;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients that read slowly, or not at all: what they hold up is themselves. */
@Timeout(60)
@ExtendWith(LeakLedger.class)
class SlowClientsTest {
    private static final String TARGET = "/socket.io/?EIO=4&transport=websocket";
    private static final int SMALL_RECEIVE_BUFFER = 4 * 1024;

    private final BlockingQueue<DisconnectReason> ended = new LinkedBlockingQueue<>();

    private static RawWebSocket thatDoesNotRead(int port) throws Exception {
        RawConnection connection = RawConnection.open(port, SMALL_RECEIVE_BUFFER);
        connection.send(RawWebSocket.handshake(TARGET));
        RawWebSocket client = RawWebSocket.upgraded(connection);
        client.text();
        client.send("40").text();
        return client;
    }

    /** A handler broadcasts far more than its own client, one of the recipients, takes: the others get it all the same. */
    @Test
    void aBroadcastOfAHandlerDoesNotWaitForTheHandlersOwnClient() throws Exception {
        String payload = "b".repeat(32 * 1024);
        CountDownLatch sent = new CountDownLatch(1);
        try (Weft server = Servers.start(
                        Options.defaults(),
                        namespace -> namespace.onConnect(socket -> {
                            socket.onDisconnect(ended::add);
                            socket.on("flood", event -> {
                                for (int i = 0; i < 50; i++) {
                                    namespace.emit("b", i, payload);
                                }
                                sent.countDown();
                            });
                        }));
                RawWebSocket stuck = thatDoesNotRead(server.port());
                Peer other = Peer.Via.WEBSOCKET.connect(server.port())) {
            stuck.send("42[\"flood\"]");
            assertThat(sent.await(5, TimeUnit.SECONDS)).as("sent at once").isTrue();
            for (int i = 0; i < 50; i++) {
                assertThat(other.next()).startsWith("42[\"b\"," + i + ",");
            }
            assertThat(ended).isEmpty();
        }
    }

    /** The next event of such a client waits until it has read, so that its own broadcasts never add up to the limit. */
    @Test
    void aClientThatBroadcastsFasterThanItReadsIsHeldBackBetweenItsEvents() throws Exception {
        String payload = "b".repeat(32 * 1024);
        try (Weft server = Servers.start(
                        Options.defaults().maxQueuedBytes(512 * 1024), namespace -> echoToAll(namespace));
                RawWebSocket client = thatDoesNotRead(server.port())) {
            for (int i = 0; i < 200; i++) {
                client.send("42[\"say\"," + i + "]");
            }
            Socket socket = server.namespace("/").sockets().iterator().next();
            Await.until(
                    "the handler is held back",
                    Peer.PATIENCE,
                    () -> socket.connection().queuedBytes() >= 64 * 1024);
            for (int i = 0; i < 200; i++) {
                assertThat(client.text()).isEqualTo("42[\"said\"," + i + ",\"" + payload + "\"]");
            }
            assertThat(ended).isEmpty();
        }
    }

    private void echoToAll(Namespace namespace) {
        String payload = "b".repeat(32 * 1024);
        namespace.onConnect(socket -> {
            socket.onDisconnect(ended::add);
            socket.on("say", int.class, number -> namespace.emit("said", number, payload));
        });
    }

    /** Ten times the write timeout, but never a pause as long as it. */
    @Test
    void aClientThatReadsSlowlyButSteadilyIsNotCut() throws Exception {
        int pieces = 100;
        int piece = 8 * 1024;
        byte[] message = new byte[pieces * piece];
        Options options = Options.defaults().writeTimeout(Duration.ofMillis(1_500));
        try (Weft server = Servers.builder(options)
                        .webSocket("/slow", webSocket -> {
                            webSocket.send(dev.weft.Message.binary(message));
                            webSocket.receive();
                        })
                        .start();
                RawConnection connection = RawConnection.open(server.port(), SMALL_RECEIVE_BUFFER)) {
            connection.send(RawWebSocket.handshake("/slow"));
            assertThat(RawHttp.read(connection).status()).isEqualTo(101);
            connection.readExactly(10);
            for (int i = 0; i < pieces; i++) {
                LockSupport.parkNanos(Duration.ofMillis(60).toNanos());
                connection.readExactly(piece);
            }
        }
    }
}
