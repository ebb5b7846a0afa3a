package dev.weft.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Namespace;
import dev.weft.OverflowPolicy;
import dev.weft.QueueFullException;
import dev.weft.Socket;
import dev.weft.faults.Await;
import dev.weft.faults.Frame;
import dev.weft.faults.Peer;
import dev.weft.faults.PollingSession;
import dev.weft.faults.RawConnection;
import dev.weft.faults.RawHttp;
import dev.weft.faults.RawWebSocket;
import dev.weft.faults.Servers;
import dev.weft.server.Options;
import dev.weft.server.Weft;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What clients that do not keep up receive, over real sockets. */
@Timeout(60)
class OverflowPoliciesTest {
    private static final String TARGET = "/socket.io/?EIO=4&transport=websocket";
    private static final int SMALL_RECEIVE_BUFFER = 4 * 1024;
    private static final String FILLER = "f".repeat(32 * 1024);
    private static final Options OPTIONS = Options.defaults()
            .maxQueuedBytes(512 * 1024)
            .writeTimeout(Duration.ofMinutes(1))
            .blockTimeout(Duration.ofMillis(300));

    private static Weft start(OverflowPolicy policy) {
        return Servers.start(OPTIONS, namespace -> namespace.overflow(policy));
    }

    private static RawWebSocket thatDoesNotRead(int port) throws IOException {
        RawConnection connection = RawConnection.open(port, SMALL_RECEIVE_BUFFER);
        connection.send(RawWebSocket.handshake(TARGET));
        RawWebSocket client = RawWebSocket.upgraded(connection);
        client.text();
        client.send("40").text();
        return client;
    }

    private static Socket only(Weft server) {
        return server.namespace("/").sockets().iterator().next();
    }

    private static void inParallel(int threads, IntConsumer body) {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int index = i;
            all.add(CompletableFuture.runAsync(() -> body.accept(index), Thread::startVirtualThread));
        }
        all.forEach(CompletableFuture::join);
    }

    /** Returns what comes up to the end, whole messages only. */
    private static List<String> readToTheEnd(RawWebSocket client) {
        List<String> all = new ArrayList<>();
        try {
            while (true) {
                all.add(client.text());
            }
        } catch (IOException e) {
            return all; // cut, perhaps within a message
        }
    }

    private static int number(String event) {
        return Integer.parseInt(event.replaceAll("^[^,]*,(\\d+).*$", "$1"));
    }

    private static int sender(String event) {
        return Integer.parseInt(event.replaceAll("^42\\[\"m(\\d+)\".*$", "$1"));
    }

    @Test
    void withCloseThePeerReceivesAPrefixOfWhatEachOfEightSendersSent() throws IOException {
        int senders = 8;
        try (Weft server = start(OverflowPolicy.CLOSE);
                RawWebSocket client = thatDoesNotRead(server.port())) {
            Socket socket = only(server);
            inParallel(senders, sender -> {
                for (int i = 0; i < 5_000 && socket.connected(); i++) {
                    socket.emit("m" + sender, i, FILLER.substring(0, i % 3_000));
                }
            });
            assertThat(socket.connected()).as("too much has been sent").isFalse();
            int[] next = new int[senders];
            for (String event : readToTheEnd(client)) {
                assertThat(number(event)).as(event.substring(0, 12)).isEqualTo(next[sender(event)]++);
            }
            assertThat(server.stats().dropped()).isPositive();
            Servers.awaitEmpty(server);
        }
    }

    @Test
    void withDropOldestThePeerReceivesWholeMessagesInOrderAndTheNewestAlways() throws IOException {
        int sent = 400;
        try (Weft server = start(OverflowPolicy.DROP_OLDEST);
                RawWebSocket client = thatDoesNotRead(server.port())) {
            Socket socket = only(server);
            byte[] attachment = new byte[16 * 1024];
            for (int i = 0; i < sent; i++) {
                attachment[0] = (byte) i;
                server.namespace("/").emit("b", i, attachment.clone());
                assertThat(socket.connection().queuedBytes()).isLessThanOrEqualTo(512 * 1024);
            }
            int received = 0;
            for (int last = -1; last < sent - 1; received++) {
                String head = client.text();
                assertThat(head).startsWith("451-[\"b\",");
                assertThat(number(head)).isGreaterThan(last);
                last = number(head);
                Frame binary = client.message();
                assertThat(binary.opcode()).isEqualTo(Frame.BINARY);
                assertThat(binary.payload()).hasSize(attachment.length).startsWith((byte) last);
            }
            assertThat(received).isLessThan(sent);
            assertThat(socket.connection().dropped()).isEqualTo(sent - received);
            assertThat(server.stats().dropped()).isEqualTo(sent - received);
            assertThat(socket.connected()).isTrue();
        }
    }

    @Test
    void acknowledgementsAreNotDroppedWithTheEvents() throws IOException {
        try (Weft server = Servers.start(OPTIONS, namespace -> {
                    namespace.overflow(OverflowPolicy.DROP_OLDEST);
                    namespace.onConnect(socket -> socket.on("ask", event -> event.reply("answer")));
                });
                RawWebSocket client = thatDoesNotRead(server.port())) {
            for (int i = 0; i < 400; i++) {
                server.namespace("/").emit("b", i, FILLER);
            }
            client.send("427[\"ask\"]");
            Socket socket = only(server);
            int before = socket.connection().queuedMessages();
            Await.until(
                    "the answer waits", Peer.PATIENCE, () -> socket.connection().queuedMessages() >= before);
            for (int i = 0; i < 400; i++) {
                server.namespace("/").emit("b", i, FILLER);
            }
            String message = client.text();
            while (!message.startsWith("437")) {
                message = client.text();
            }
            assertThat(message).isEqualTo("437[\"answer\"]");
        }
    }

    @Test
    void withBlockTheSenderWaitsAndIsThenRefused() throws IOException {
        try (Weft server = start(OverflowPolicy.BLOCK);
                RawWebSocket client = thatDoesNotRead(server.port())) {
            Socket socket = only(server);
            AtomicInteger sent = new AtomicInteger();
            long[] start = new long[1];
            assertThatThrownBy(() -> {
                        while (sent.get() < 10_000) {
                            start[0] = System.nanoTime();
                            socket.emit("b", sent.get(), FILLER);
                            sent.incrementAndGet();
                        }
                    })
                    .isInstanceOf(QueueFullException.class)
                    .hasMessageContaining("blockTimeout");
            assertThat(Duration.ofNanos(System.nanoTime() - start[0])).isGreaterThanOrEqualTo(OPTIONS.blockTimeout());
            assertThat(socket.connection().dropped()).isEqualTo(1);
            for (int i = 0; i < sent.get(); i++) {
                assertThat(number(client.text())).isEqualTo(i);
            }
            assertThat(socket.connected()).isTrue();
        }
    }

    /** Three members are stuck: the others have the event at once, and the broadcast takes one deadline, not three. */
    @Test
    void aBlockingBroadcastServesTheOthersFirstAndWaitsOnceForAll() throws Exception {
        try (Weft server = start(OverflowPolicy.BLOCK);
                RawWebSocket one = thatDoesNotRead(server.port());
                RawWebSocket two = thatDoesNotRead(server.port());
                RawWebSocket three = thatDoesNotRead(server.port())) {
            Namespace namespace = server.namespace("/");
            List<Socket> stuck = List.copyOf(namespace.sockets());
            assertThat(List.of(one, two, three)).hasSameSizeAs(stuck);
            for (Socket socket : stuck) {
                fill(socket);
            }
            try (Peer other = Peer.Via.WEBSOCKET.connect(server.port())) {
                Thread sender = Thread.ofVirtual().start(() -> namespace.emit("news", FILLER));
                assertThat(other.next()).startsWith("42[\"news\"");
                assertThat(sender.isAlive()).as("it waits for the others").isTrue();
                assertThat(sender.join(OPTIONS.blockTimeout().multipliedBy(2))).isTrue();
                stuck.forEach(
                        socket -> assertThat(socket.connection().dropped()).isEqualTo(2));
                assertThat(other.waiting()).isZero();
            }
        }
    }

    private static void fill(Socket socket) {
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 10_000; i++) {
                        socket.emit("b", i, FILLER);
                    }
                })
                .isInstanceOf(QueueFullException.class);
    }

    @Test
    void ofEachKeyOnlyTheNewestValueWaits() throws IOException {
        try (Weft server = start(OverflowPolicy.CLOSE);
                RawWebSocket client = thatDoesNotRead(server.port())) {
            Socket socket = only(server);
            for (int i = 0; socket.connection().queuedBytes() < 300_000; i++) {
                server.namespace("/").emit("b", i, FILLER);
            }
            int before = socket.connection().queuedMessages();
            for (int i = 0; i < 10_000; i++) {
                socket.latest("x").emit("x", i, new byte[] {(byte) i});
                server.namespace("/").broadcast().latest("y").emit("y", i);
            }
            assertThat(socket.connection().queuedMessages()).isBetween(2, before + 2);
            assertThat(server.stats().dropped()).isZero();
            assertThat(server.stats().replaced()).isGreaterThan(19_000);
            String x = client.text();
            while (!x.endsWith(",9999,{\"_placeholder\":true,\"num\":0}]")) {
                x = client.text();
                if (x.startsWith("451-") && !x.contains(",9999,")) {
                    client.message(); // an older value that had already left the queue
                }
            }
            assertThat(client.message().payload()).containsExactly((byte) 9_999);
            String y = client.text();
            while (!y.equals("42[\"y\",9999]")) {
                y = client.text();
            }
        }
    }

    @Test
    void theNewestValueOfAKeyWaitsForTheNextPollAndMovesWithAnUpgrade() throws IOException {
        try (Weft server = start(OverflowPolicy.CLOSE)) {
            PollingSession session = PollingSession.open(server.port(), "/socket.io/");
            assertThat(session.post("40").status()).isEqualTo(200);
            Await.until("the socket", Peer.PATIENCE, () -> server.stats().sockets() == 1);
            Socket socket = only(server);
            for (int i = 0; i < 100; i++) {
                socket.latest("x").emit("x", i);
            }
            RawHttp.Response polled = session.poll();
            assertThat(polled.text()).contains("42[\"x\",99]").doesNotContain("42[\"x\",98]");
            socket.latest("x").emit("x", 100);
            try (RawWebSocket webSocket = session.webSocket()) {
                webSocket.send("2probe");
                assertThat(webSocket.text()).isEqualTo("3probe");
                for (int i = 101; i < 200; i++) {
                    socket.latest("x").emit("x", i);
                }
                webSocket.send("5");
                assertThat(webSocket.text()).isEqualTo("42[\"x\",199]");
            }
        }
    }
}
