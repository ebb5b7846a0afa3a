package dev.weft.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.AckTimeoutException;
import dev.weft.Arguments;
import dev.weft.DisconnectReason;
import dev.weft.DisconnectedException;
import dev.weft.Namespace;
import dev.weft.Replies;
import dev.weft.Socket;
import dev.weft.faults.Await;
import dev.weft.faults.LeakLedger;
import dev.weft.faults.Peer;
import dev.weft.faults.Servers;
import dev.weft.server.Options;
import dev.weft.server.Weft;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Handlers that wait for acknowledgements: of their own client, of others, of rooms, of each other's. */
@Timeout(60)
@ExtendWith(LeakLedger.class)
class WaitingHandlersTest {
    private static final Duration AT_ONCE = Duration.ofSeconds(3);
    private static final Duration PING_INTERVAL = Duration.ofMillis(100);
    private static final int MAX_INBOX = 100_000;

    private final BlockingQueue<Object> outcomes = new LinkedBlockingQueue<>();
    private final List<Peer> peers = new ArrayList<>();
    private Weft server;

    @BeforeEach
    void start() {
        Options options = Options.defaults()
                .pingInterval(PING_INTERVAL)
                .pingTimeout(Duration.ofSeconds(5))
                .maxInboxBytes(MAX_INBOX);
        server = Servers.start(options, this::handlers);
    }

    @AfterEach
    void stop() throws IOException {
        assertThat(server.stats().pendingAcks()).isZero();
        for (Peer peer : peers) {
            peer.close();
        }
        Servers.awaitEmpty(server);
        server.close();
    }

    private void handlers(Namespace namespace) {
        namespace.onConnect(socket -> {
            socket.join("room");
            socket.on("self", event -> event.reply(socket.emitWithAck("ask").get(0)));
            socket.answer(
                    "other",
                    String.class,
                    id -> other(namespace, id).emitWithAck("ask").get(0));
            socket.on(
                    "self-later",
                    event -> event.reply(socket.emitAsync("ask")
                            .thenApply(answer -> answer.get(0))
                            .join()));
            socket.on(
                    "self-in-time",
                    event -> event.reply(
                            socket.emitAsync("ask").get(10, TimeUnit.SECONDS).get(0)));
            socket.on("ask-and-leave", event -> {
                socket.emitWithAck("ask");
                socket.disconnectAll();
            });
            socket.on("all", event -> event.reply(texts(namespace.to("room").emitWithAck("ask"))));
            socket.on("n", int.class, outcomes::add);
            socket.on("wait", event -> outcomes.add(outcome(socket)));
            socket.onDisconnect(outcomes::add);
        });
    }

    private static Socket other(Namespace namespace, String id) {
        Socket socket = namespace.socket(id);
        assertThat(socket).isNotNull();
        return socket;
    }

    private static List<Object> texts(Replies<Arguments> replies) {
        assertThat(replies.missing()).isEmpty();
        return replies.answers().stream().map(answer -> answer.get(0)).toList();
    }

    private static Object outcome(Socket socket) {
        try {
            return String.valueOf(socket.emitWithAck("ask").get(0));
        } catch (DisconnectedException e) {
            return e;
        }
    }

    private Peer connect(Peer.Via via) throws IOException {
        Peer peer = via.connect(server.port());
        peers.add(peer);
        return peer;
    }

    private Object outcome() throws InterruptedException {
        Object outcome = outcomes.poll(Peer.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(outcome).as("an outcome").isNotNull();
        return outcome;
    }

    @ParameterizedTest
    @EnumSource(Peer.Via.class)
    void aHandlerMayWaitForItsOwnClient(Peer.Via via) throws IOException {
        Peer peer = connect(via).acknowledging("ask", "[\"mine\"]");
        for (int i = 0; i < 20; i++) {
            peer.send("42" + i + "[\"self\"]");
            assertThat(peer.next()).isEqualTo("43" + i + "[\"mine\"]");
        }
    }

    @ParameterizedTest
    @EnumSource(Peer.Via.class)
    void aHandlerMayWaitForTheFutureOfAnAcknowledgement(Peer.Via via) throws IOException {
        Peer peer = connect(via).acknowledging("ask", "[\"mine\"]");
        for (String event : new String[] {"self-later", "self-in-time"}) {
            peer.send("421[\"" + event + "\"]");
            assertThat(peer.next()).as(event).isEqualTo("431[\"mine\"]");
        }
    }

    /** More events than are read ahead stand between the question and its answer, in one request. */
    @ParameterizedTest
    @EnumSource(Peer.Via.class)
    void theAnswerToAFutureIsReadBehindManyEvents(Peer.Via via) throws Exception {
        Peer peer = connect(via);
        peer.send("421[\"self-later\"]");
        String ask = peer.next();
        String[] packets = new String[902];
        Arrays.setAll(packets, i -> "42[\"n\"," + i + "]");
        packets[901] = Peer.acknowledgement(ask, "ask", "[\"mine\"]");
        peer.send(packets);
        assertThat(peer.next()).isEqualTo("431[\"mine\"]");
        for (int i = 0; i < 901; i++) {
            assertThat(outcome()).isEqualTo(i);
        }
    }

    /** The CONNECT waits behind a handler that tells the client to leave: it must not let the client in again. */
    @ParameterizedTest
    @EnumSource(Peer.Via.class)
    void aNamespaceAskedForBeforeTheEndIsNotEnteredAfterIt(Peer.Via via) throws Exception {
        server.namespace("/late").onConnect(socket -> outcomes.add("connected"));
        Peer peer = connect(via);
        peer.send("42[\"ask-and-leave\"]");
        String ask = peer.next();
        peer.send("40/late,", Peer.acknowledgement(ask, "ask", "[]"));
        assertThat(outcome()).isEqualTo(DisconnectReason.SERVER_NAMESPACE_DISCONNECT);
        peer.awaitEnd();
        assertThat(outcomes).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Peer.Via.class)
    void aHandlerMayWaitForAnotherClient(Peer.Via via) throws IOException {
        Peer asking = connect(via);
        Peer asked = connect(via).acknowledging("ask", "[\"theirs\"]");
        asking.send("421[\"other\",\"" + asked.id() + "\"]");
        assertThat(asking.next()).isEqualTo("431[\"theirs\"]");
    }

    @ParameterizedTest
    @EnumSource(Peer.Via.class)
    void aHandlerMayWaitForARoomWithItsOwnClientInIt(Peer.Via via) throws IOException {
        for (int i = 0; i < 3; i++) {
            connect(via).acknowledging("ask", "[\"all\"]");
        }
        peers.getFirst().send("421[\"all\"]");
        assertThat(peers.getFirst().next()).isEqualTo("431[[\"all\",\"all\",\"all\"]]");
    }

    @ParameterizedTest
    @EnumSource(Peer.Via.class)
    void twoHandlersMayWaitForEachOthersClients(Peer.Via via) throws IOException {
        Peer one = connect(via).acknowledging("ask", "[\"one\"]");
        Peer two = connect(via).acknowledging("ask", "[\"two\"]");
        for (int i = 0; i < 20; i++) {
            one.send("42" + i + "[\"other\",\"" + two.id() + "\"]");
            two.send("42" + i + "[\"other\",\"" + one.id() + "\"]");
            assertThat(one.next()).isEqualTo("43" + i + "[\"two\"]");
            assertThat(two.next()).isEqualTo("43" + i + "[\"one\"]");
        }
    }

    /** The asked client asks a question of its own, which needs the first client, before it answers. */
    @ParameterizedTest
    @EnumSource(Peer.Via.class)
    void waitingNests(Peer.Via via) throws IOException {
        Peer first = connect(via).acknowledging("ask", "[\"first\"]");
        Peer second = connect(via);
        AtomicReference<String> owed = new AtomicReference<>();
        second.answering(packet -> {
            String acknowledgement = Peer.acknowledgement(packet, "ask", "[\"second\"]");
            if (acknowledgement != null) {
                owed.set(acknowledgement);
                return "427[\"other\",\"" + first.id() + "\"]";
            }
            return packet.equals("437[\"first\"]") ? owed.get() : null;
        });
        first.send("421[\"other\",\"" + second.id() + "\"]");
        assertThat(first.next()).isEqualTo("431[\"second\"]");
    }

    @ParameterizedTest
    @EnumSource(Peer.Via.class)
    void eventsThatArriveMeanwhileRunAfterwardsInOrder(Peer.Via via) throws Exception {
        Peer peer = connect(via);
        peer.send("42[\"wait\"]");
        String ask = peer.next();
        for (int i = 0; i < 50; i++) {
            peer.send("42[\"n\"," + i + "]");
        }
        assertThat(outcomes).isEmpty();
        peer.send("42[\"n\",50]", Peer.acknowledgement(ask, "ask", "[\"done\"]"), "42[\"n\",51]");
        assertThat(outcome()).isEqualTo("done");
        for (int i : IntStream.range(0, 52).toArray()) {
            assertThat(outcome()).isEqualTo(i);
        }
    }

    @ParameterizedTest
    @EnumSource(Peer.Via.class)
    void heartbeatsGoOnWhileAHandlerWaits(Peer.Via via) throws Exception {
        AtomicInteger pings = new AtomicInteger();
        Peer peer = connect(via).answering(packet -> {
            if (packet.equals("2")) {
                pings.incrementAndGet();
                return "3"; // the next ping follows only if this is read
            }
            return null;
        });
        peer.send("42[\"wait\"]");
        String ask = peer.next();
        int before = pings.get();
        Await.until("five more pings", Peer.PATIENCE, () -> pings.get() >= before + 5);
        peer.send(Peer.acknowledgement(ask, "ask", "[\"done\"]"));
        assertThat(outcome()).isEqualTo("done");
    }

    @ParameterizedTest
    @EnumSource(Peer.Via.class)
    void tooManyEventsMeanwhileEndTheSession(Peer.Via via) throws Exception {
        Peer peer = connect(via);
        peer.send("42[\"wait\"]");
        peer.next();
        String event = "42[\"n\",\"" + "x".repeat(1_000) + "\"]";
        try {
            for (int i = 0; i < 10 * MAX_INBOX / event.length(); i++) {
                peer.send(event);
            }
        } catch (IOException e) {
            // the server has ended the connection
        }
        assertThat(outcome()).isInstanceOf(DisconnectedException.class);
        assertThat(outcome()).isEqualTo(DisconnectReason.QUEUE_LIMIT);
        peer.awaitEnd();
        assertThat(outcomes).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Peer.Via.class)
    void waitingEndsAtOnceWhenTheClientGoes(Peer.Via via) throws Exception {
        for (Leaving leaving : Leaving.values()) {
            Peer peer = connect(via);
            peer.send("42[\"wait\"]");
            peer.next();
            long start = System.nanoTime();
            leaving.leave(peer);
            assertThat(outcome()).as(leaving.name()).isInstanceOf(DisconnectedException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(AT_ONCE);
            assertThat(outcome()).as(leaving.name()).isInstanceOf(DisconnectReason.class);
        }
    }

    private enum Leaving {
        FIN,
        RESET,
        PACKET;

        void leave(Peer peer) throws IOException {
            switch (this) {
                case FIN -> peer.close();
                case RESET -> peer.reset();
                case PACKET -> peer.send("41");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Peer.Via.class)
    void waitingEndsAtItsDeadline(Peer.Via via) throws Exception {
        server.namespace("/")
                .onConnect(socket -> socket.on("soon", event -> {
                    try {
                        socket.timeout(Duration.ofMillis(100)).emitWithAck("ask");
                    } catch (AckTimeoutException e) {
                        outcomes.add(e);
                    }
                }));
        Peer peer = connect(via);
        peer.send("42[\"soon\"]");
        assertThat(outcome()).isInstanceOf(AckTimeoutException.class);
        peer.send(Peer.acknowledgement(peer.next(), "ask", "[\"late\"]"), "42[\"n\",1]");
        assertThat(outcome()).isEqualTo(1);
    }
}
