package dev.weft.conformance.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import io.socket.client.Ack;
import io.socket.client.AckWithTimeout;
import io.socket.client.IO;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.json.JSONArray;
import org.json.JSONObject;

/** What the official Java client sees of the matrix app. */
final class JavaClientScenario {
    private static final int BURST = 100_000;
    /** This client never answers a WebSocket close frame, so an orderly close may show as its own ping timeout. */
    private static final List<Object> ENDS = List.of("transport close", "transport error", "ping timeout");

    private final String url;
    private final String transport;
    private final String finalTransport;
    private final Consumer<String> watcher;
    private final Cases cases = new Cases();
    private final List<Peer> open = new ArrayList<>();

    JavaClientScenario(String url, String transport, Consumer<String> watcher) {
        this.url = url;
        this.transport = transport;
        this.finalTransport = transport.equals("polling") ? "polling" : "websocket";
        this.watcher = watcher;
    }

    List<String> run() {
        check("connects and is greeted", this::greeting);
        check("ends up on the expected transport", this::settles);
        check("handshake shows query, auth and headers", this::handshake);
        check("a refusal carries message and data", this::refusal);
        check("admits by auth token and by query token", this::admission);
        check("namespaces of one connection are independent", this::namespaces);
        check("an unknown namespace is refused and the connection stays", this::unknownNamespace);
        check("events carry many arguments of every kind", this::arguments);
        check("acknowledgements carry any number of arguments", this::acknowledgements);
        check("an event that is never acknowledged times out at the client", this::silence);
        check("the server asks the client", this::question);
        check("the server asks a room", this::questionToRoom);
        check("binary travels both ways, nested", this::binary);
        check("rooms: to, except, shout, broadcast, leave", this::rooms);
        check("both sides know that the client left", this::leaves);
        check("a kick ends one namespace and both sides know", this::kick);
        check("a kick of all ends the connection and both sides know", this::kickAll);
        check("a dropped connection ends at both sides", this::drop);
        check("100,000 events arrive in order", this::burst);
        check("big payloads come whole both ways", this::big);
        check("stays connected over several heartbeats", this::heartbeats);
        check("a stopping server ends the connection", this::stop);
        return cases.lines();
    }

    private void check(String name, Cases.Body body) {
        cases.run(name, body);
        open.forEach(Peer::close);
        open.clear();
    }

    private Peer peer(String namespace, IO.Options options) {
        return track(Peer.create(url + namespace, transport, options));
    }

    private Peer track(Peer peer) {
        open.add(peer.record(
                "hello", "connect_error", "disconnect", "echo-back", "said", "answered", "answered-room", "big-back"));
        return peer;
    }

    private Peer connected(String namespace, IO.Options options) throws Exception {
        Peer peer = peer(namespace, options).open();
        peer.next("hello");
        return peer;
    }

    private Peer connected() throws Exception {
        return connected("/", new IO.Options());
    }

    private static IO.Options auth(String name, String value) {
        IO.Options options = new IO.Options();
        options.auth = Map.of(name, value);
        return options;
    }

    private void greeting() throws Exception {
        Peer peer = peer("/", auth("token", "abc")).open();
        List<Object> hello = peer.next("hello");
        assertThat(hello)
                .containsExactly(
                        Map.of("nsp", "/", "id", peer.socket.id(), "recovered", false, "auth", Map.of("token", "abc")));
    }

    private void settles() throws Exception {
        Peer peer = connected();
        Map<?, ?> who = (Map<?, ?>) peer.ask("who");
        for (int i = 0; i < 200 && !finalTransport.equals(who.get("transport")); i++) {
            who = (Map<?, ?>) peer.ask("who");
            peer.ask("ack-late", 20, "again");
        }
        assertThat(who.get("transport")).isEqualTo(finalTransport);
        assertThat(who.get("id")).isEqualTo(peer.socket.id()).isNotEqualTo(who.get("conn"));
    }

    private void handshake() throws Exception {
        IO.Options options = auth("a", "1");
        options.query = "tag=t1";
        options.extraHeaders = Map.of("x-test", List.of("header value"));
        Map<?, ?> handshake = (Map<?, ?>) connected("/", options).ask("handshake");
        assertThat(((Map<?, ?>) handshake.get("query")).get("tag")).isEqualTo("t1");
        assertThat(handshake.get("auth")).isEqualTo(Map.of("a", "1"));
        assertThat(handshake.get("header")).isEqualTo("header value");
    }

    private void refusal() throws Exception {
        Peer peer = peer("/admin", auth("token", "wrong")).open();
        assertThat(peer.next("connect_error"))
                .containsExactly(Map.of("message", "not authorized", "data", Map.of("code", "E_AUTH", "retry", false)));
    }

    private void admission() throws Exception {
        connected("/admin", auth("token", "secret"));
        IO.Options options = new IO.Options();
        options.query = "token=secret";
        connected("/admin", options);
    }

    private Peer sibling(Peer peer, String namespace) {
        return track(new Peer(peer.socket.io().socket(namespace)));
    }

    private void namespaces() throws Exception {
        Peer main = connected();
        Peer custom = sibling(main, "/custom").open();
        Map<?, ?> hello = (Map<?, ?>) custom.next("hello").getFirst();
        assertThat(hello.get("nsp")).isEqualTo("/custom");
        assertThat(hello.get("id")).isNotEqualTo(main.socket.id());
        custom.socket.emit("echo", "only custom");
        assertThat(custom.next("echo-back")).containsExactly("only custom");
        custom.close();
        assertThat(main.ask("ack", 1)).isEqualTo(1);
        assertThat(main.pending("echo-back")).isEmpty();
    }

    private void unknownNamespace() throws Exception {
        Peer main = connected();
        Peer unknown = sibling(main, "/unknown").open();
        assertThat(unknown.next("connect_error")).containsExactly(Map.of("message", "Invalid namespace"));
        assertThat(main.ask("ack", "still here")).isEqualTo("still here");
    }

    private void arguments() throws Exception {
        Peer peer = connected();
        JSONArray nested = new JSONArray("[null,{\"a\":[true,\"\"]},1.5]");
        peer.socket.emit("echo", "", "ünï\u0000\uD83D\uDE00\"\\", 0, -1, 1.5, 9007199254740991L, true, nested);
        List<Object> back = peer.next("echo-back");
        assertThat(back.subList(0, 7))
                .containsExactly("", "ünï\u0000\uD83D\uDE00\"\\", 0, -1, 1.5, 9007199254740991L, true);
        assertThat(back.get(7)).isEqualTo(PlainJson.list(nested).getFirst());
    }

    private void acknowledgements() throws Exception {
        Peer peer = connected();
        assertThat(peer.call("ack")).isEmpty();
        assertThat(peer.call("ack", 1, "2")).containsExactly(1, "2");
        assertThat(peer.ask("ack-late", 50, "late")).isEqualTo("late");
        assertThat((byte[]) peer.ask("ack", (Object) new byte[] {0, -1})).containsExactly(0, -1);
    }

    private void silence() throws Exception {
        CompletableFuture<Boolean> timedOut = new CompletableFuture<>();
        connected().socket.emit("noack", new Object[0], new AckWithTimeout(200) {
            @Override
            public void onSuccess(Object... args) {
                timedOut.complete(false);
            }

            @Override
            public void onTimeout() {
                timedOut.complete(true);
            }
        });
        assertThat(timedOut.get(5, TimeUnit.SECONDS)).isTrue();
    }

    private void question() throws Exception {
        Peer peer = connected();
        peer.socket.on("question", args -> ((Ack) args[1]).call(args[0], 2, new byte[] {3}));
        peer.socket.emit("ask-me", "v");
        List<Object> answered = peer.next("answered");
        assertThat(answered.subList(0, 3)).containsExactly("ok", "v", 2);
        assertThat((byte[]) answered.get(3)).containsExactly(3);
        peer.socket.off("question");
        peer.socket.emit("ask-me", "silence");
        assertThat(peer.next("answered")).containsExactly("timeout");
    }

    private void questionToRoom() throws Exception {
        List<Peer> peers = List.of(connected(), connected());
        for (Peer peer : peers) {
            peer.socket.on("question", args -> ((Ack) args[1]).call((int) args[0] + peers.indexOf(peer)));
            peer.call("join", "java-asked");
        }
        peers.getFirst().socket.emit("ask-room", "java-asked", 10);
        List<Object> answered = peers.getFirst().next("answered-room");
        assertThat(answered.getFirst()).isEqualTo("ok");
        assertThat(answered.get(1)).asInstanceOf(LIST).containsExactlyInAnyOrder(10, 11);
    }

    private void binary() throws Exception {
        Peer peer = connected();
        JSONObject nested =
                new JSONObject().put("list", new JSONArray().put(new byte[] {4}).put("t"));
        peer.socket.emit("echo", new byte[] {1, 2, 3}, nested, new byte[0]);
        List<Object> back = peer.next("echo-back");
        assertThat((byte[]) back.get(0)).containsExactly(1, 2, 3);
        List<?> list = (List<?>) ((Map<?, ?>) back.get(1)).get("list");
        assertThat((byte[]) list.get(0)).containsExactly(4);
        assertThat(list.get(1)).isEqualTo("t");
        assertThat((byte[]) back.get(2)).isEmpty();
    }

    private void rooms() throws Exception {
        List<Peer> peers = List.of(connected(), connected(), connected());
        Peer first = peers.getFirst();
        assertThat(first.ask("join", "java-red"))
                .asInstanceOf(LIST)
                .containsExactlyInAnyOrder(first.socket.id(), "java-red");
        peers.get(1).call("join", "java-red");
        peers.get(2).call("join", "java-red");
        peers.get(2).call("join", "java-blue");
        assertThat(sent(peers, "say", "java-red", 1)).containsExactly(List.of(), said(1), said(1));
        assertThat(sent(peers, "shout", "java-red", 2)).containsExactly(said(2), said(2), said(2));
        assertThat(sent(peers, "say-except", "java-red", "java-blue", 3))
                .containsExactly(List.of(), said(3), List.of());
        assertThat(sent(peers, "broadcast", 4)).containsExactly(List.of(), said(4), said(4));
        peers.get(1).call("leave", "java-red");
        assertThat(sent(peers, "say", "java-red", 5)).containsExactly(List.of(), List.of(), said(5));
    }

    private static List<List<Object>> said(Object value) {
        return List.of(List.of(value));
    }

    /** Emits from the first peer and returns what each has heard once an acknowledgement has passed behind it. */
    private static List<List<List<Object>>> sent(List<Peer> peers, String event, Object... args) throws Exception {
        peers.getFirst().socket.emit(event, args);
        List<List<List<Object>>> heard = new ArrayList<>();
        for (Peer peer : peers) {
            peer.call("ack", "fence");
            heard.add(peer.pending("said"));
        }
        return heard;
    }

    private static String reasonOf(Peer observer, String key) throws Exception {
        for (int i = 0; i < 100; i++) {
            Object reason = observer.ask("reason-of", key);
            if (reason instanceof String text) {
                return text;
            }
            observer.ask("ack-late", 20, "again");
        }
        throw new TimeoutException("reason of " + key);
    }

    private void leaves() throws Exception {
        Peer observer = connected();
        Peer peer = connected();
        peer.call("key", "java-left");
        peer.socket.disconnect();
        assertThat(peer.next("disconnect")).containsExactly("io client disconnect");
        assertThat(reasonOf(observer, "java-left")).isEqualTo("client namespace disconnect");
    }

    private void kick() throws Exception {
        Peer main = connected();
        Peer custom = sibling(main, "/custom").open();
        custom.next("hello");
        custom.call("key", "java-kick");
        custom.socket.emit("kick");
        assertThat(custom.next("disconnect")).containsExactly("io server disconnect");
        assertThat(reasonOf(main, "java-kick")).isEqualTo("server namespace disconnect");
    }

    private void kickAll() throws Exception {
        Peer observer = connected();
        Peer peer = connected();
        peer.call("key", "java-kick-all");
        peer.socket.emit("kick-all");
        assertThat(peer.next("disconnect")).containsExactly("io server disconnect");
        assertThat(reasonOf(observer, "java-kick-all")).isEqualTo("server namespace disconnect");
    }

    private void drop() throws Exception {
        Peer observer = connected();
        Peer peer = connected();
        peer.call("key", "java-drop");
        peer.socket.emit("drop");
        assertThat(peer.next("disconnect").getFirst()).isIn(ENDS);
        assertThat(reasonOf(observer, "java-drop")).isEqualTo("forced close");
    }

    private void burst() throws Exception {
        Peer peer = connected();
        AtomicInteger expected = new AtomicInteger();
        AtomicInteger wrong = new AtomicInteger();
        peer.socket.on("tick", args -> {
            if ((int) args[0] != expected.getAndIncrement()) {
                wrong.incrementAndGet();
            }
        });
        peer.record("burst-end").socket.emit("burst", BURST);
        assertThat(peer.next("burst-end")).containsExactly(BURST);
        assertThat(expected.get()).isEqualTo(BURST);
        assertThat(wrong.get()).isZero();
    }

    private void big() throws Exception {
        Peer peer = connected();
        peer.socket.emit("big", 1_000_000);
        List<Object> back = peer.next("big-back");
        assertThat((String) back.getFirst()).isEqualTo("x".repeat(1_000_000));
        byte[] octets = (byte[]) back.get(1);
        assertThat(octets).hasSize(1_000_000);
        for (int i = 0; i < octets.length; i++) {
            if (octets[i] != (byte) i) {
                throw new AssertionError("octet " + i + " is " + octets[i]);
            }
        }
        String text = "ä".repeat(300_000);
        assertThat(peer.ask("ack", text)).isEqualTo(text);
    }

    private void heartbeats() throws Exception {
        Peer peer = connected();
        assertThat(peer.ask("ack-late", 3500, "alive")).isEqualTo("alive");
        assertThat(peer.pending("disconnect")).isEmpty();
    }

    private void stop() throws Exception {
        Peer peer = connected();
        watcher.accept("READY stop the server");
        assertThat(peer.next("disconnect").getFirst()).isIn(ENDS);
    }
}
