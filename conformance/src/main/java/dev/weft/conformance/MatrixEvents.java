package dev.weft.conformance;

import dev.weft.AckTimeoutException;
import dev.weft.Arguments;
import dev.weft.Event;
import dev.weft.Namespace;
import dev.weft.Replies;
import dev.weft.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The events of the matrix app, the same in every namespace. Thread-safe. */
final class MatrixEvents {
    private static final Executor VIRTUAL = Executors.newVirtualThreadPerTaskExecutor();
    private static final int MAX_BIG = 32 * 1024 * 1024;
    private static final int MAX_BURST = 10_000_000;
    private static final int MISSED_AFTER_MILLIS = 50;

    private final Map<String, String> reasons = LatestEntries.map();

    void register(Namespace namespace) {
        namespace.onConnect(socket -> {
            socket.emit("hello", hello(socket));
            echoes(socket);
            acknowledgements(socket);
            questions(socket, namespace);
            floods(socket);
            facts(socket);
            rooms(socket, namespace);
            endings(socket, namespace);
        });
    }

    private static Map<String, @Nullable Object> hello(Socket socket) {
        Map<String, @Nullable Object> hello = new LinkedHashMap<>();
        hello.put("nsp", socket.namespace().name());
        hello.put("id", socket.id());
        hello.put("recovered", false);
        hello.put("auth", SocketIoApp.authOf(socket));
        return hello;
    }

    private static void echoes(Socket socket) {
        socket.on("echo", event -> socket.emit("echo-back", SocketIoApp.arguments(event)));
        socket.on("ack", event -> event.reply(SocketIoApp.arguments(event)));
    }

    private static void acknowledgements(Socket socket) {
        socket.on("ack-late", event -> event.replyWhen(later(event)));
        socket.on("noack", event -> event.ack());
        Map<String, Integer> asked = LatestEntries.map();
        socket.on("flaky", event -> {
            int count = asked.merge(text(event, 0), 1, Integer::sum);
            if (count == 1) {
                event.ack();
            } else {
                event.reply(count);
            }
        });
    }

    private static CompletableFuture<@Nullable Object> later(Event event) {
        int millis = Math.max(0, event.arguments().get(0, Integer.class));
        Object value = event.arguments().get(1);
        return CompletableFuture.supplyAsync(
                () -> value, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS, VIRTUAL));
    }

    private static void questions(Socket socket, Namespace namespace) {
        socket.on("ask-me", event -> {
            try {
                Arguments reply = socket.timeout(Duration.ofSeconds(2))
                        .emitWithAck("question", event.arguments().get(0));
                socket.emit("answered", prepend("ok", reply.toList()));
            } catch (AckTimeoutException e) {
                socket.emit("answered", "timeout");
            }
        });
        socket.on("ask-room", event -> {
            Replies<Arguments> replies = namespace
                    .to(text(event, 0))
                    .timeout(Duration.ofMillis(500))
                    .emitWithAck("question", event.arguments().get(1));
            if (replies.complete()) {
                List<@Nullable Object> answers = new ArrayList<>();
                replies.answers().forEach(reply -> answers.add(reply.get(0)));
                socket.emit("answered-room", "ok", answers);
            } else {
                socket.emit("answered-room", "timeout");
            }
        });
    }

    private static @Nullable Object[] prepend(String first, List<@Nullable Object> rest) {
        List<@Nullable Object> all = new ArrayList<>(rest);
        all.addFirst(first);
        return all.toArray();
    }

    private static void floods(Socket socket) {
        socket.on("big", event -> {
            int n = number(event, MAX_BIG);
            byte[] octets = new byte[n];
            for (int i = 0; i < n; i++) {
                octets[i] = (byte) i;
            }
            socket.emit("big-back", "x".repeat(n), octets);
        });
        socket.on("burst", event -> {
            int n = number(event, MAX_BURST);
            for (int i = 0; i < n && socket.connected(); i++) {
                socket.emit("tick", i);
            }
            socket.emit("burst-end", n);
        });
    }

    private static void facts(Socket socket) {
        socket.on("who", event -> {
            Map<String, @Nullable Object> who = new LinkedHashMap<>();
            who.put("id", socket.id());
            who.put("nsp", socket.namespace().name());
            who.put("conn", socket.connection().id());
            who.put("transport", socket.connection().transport());
            who.put("recovered", false);
            event.reply(who);
        });
        socket.on("handshake", event -> {
            Map<String, @Nullable Object> handshake = new LinkedHashMap<>();
            handshake.put("query", query(socket));
            handshake.put("auth", SocketIoApp.authOf(socket));
            handshake.put("header", socket.handshake().header("x-test"));
            event.reply(handshake);
        });
    }

    private static Map<String, Object> query(Socket socket) {
        Map<String, Object> query = new LinkedHashMap<>();
        socket.handshake()
                .request()
                .query()
                .forEach((name, values) -> query.put(name, values.size() == 1 ? values.getFirst() : values));
        return query;
    }

    private static void rooms(Socket socket, Namespace namespace) {
        socket.on("join", event -> {
            socket.join(text(event, 0));
            event.reply(List.copyOf(socket.rooms()));
        });
        socket.on("leave", event -> {
            socket.leave(text(event, 0));
            event.reply(List.copyOf(socket.rooms()));
        });
        socket.on("say", event -> socket.to(text(event, 0)).emit("said", value(event, 1)));
        socket.on("shout", event -> namespace.to(text(event, 0)).emit("said", value(event, 1)));
        socket.on(
                "say-except",
                event -> socket.to(text(event, 0)).except(text(event, 1)).emit("said", value(event, 2)));
        socket.on("broadcast", event -> socket.broadcast().emit("said", value(event, 0)));
    }

    private void endings(Socket socket, Namespace namespace) {
        socket.on("key", event -> {
            String key = text(event, 0);
            socket.onDisconnect(reason -> reasons.put(key, reason.text()));
            event.reply();
        });
        socket.on("reason-of", event -> event.reply(reasons.get(text(event, 0))));
        socket.on("kick", event -> socket.disconnect());
        socket.on("kick-all", event -> socket.disconnectAll());
        socket.on("drop", event -> socket.connection().close());
        socket.on("drop-and-miss", event -> {
            String room = text(event, 0);
            int n = event.arguments().get(1, Integer.class);
            socket.connection().close();
            CompletableFuture.delayedExecutor(MISSED_AFTER_MILLIS, TimeUnit.MILLISECONDS, VIRTUAL)
                    .execute(() -> IntStream.rangeClosed(1, n)
                            .forEach(i -> namespace.to(room).emit("missed", i)));
        });
    }

    private static @Nullable Object[] value(Event event, int index) {
        return new Object[] {event.arguments().get(index)};
    }

    private static String text(Event event, int index) {
        return String.valueOf(event.arguments().get(index));
    }

    private static int number(Event event, int limit) {
        return Math.clamp(event.arguments().get(0, Integer.class), 0, limit);
    }
}
