package dev.weft.conformance.client;

import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One socket of the official Java client whose events wait in queues. */
final class Peer implements AutoCloseable {
    private static final int LIMIT_SECONDS = 15;

    final Socket socket;
    private final Map<String, BlockingQueue<List<Object>>> events = new ConcurrentHashMap<>();

    Peer(Socket socket) {
        this.socket = socket;
    }

    static Peer create(String url, String transport, IO.Options options) {
        options.forceNew = true;
        options.reconnection = false;
        options.transports =
                transport.equals("upgrade") ? new String[] {"polling", "websocket"} : new String[] {transport};
        return new Peer(IO.socket(URI.create(url), options));
    }

    /** Queues {@code names} from now on; call it before {@link #open}. */
    Peer record(String... names) {
        for (String name : names) {
            BlockingQueue<List<Object>> queue = queue(name);
            socket.on(name, args -> queue.add(PlainJson.list(args)));
        }
        return this;
    }

    Peer open() {
        socket.connect();
        return this;
    }

    List<Object> next(String name) throws Exception {
        List<Object> args = queue(name).poll(LIMIT_SECONDS, TimeUnit.SECONDS);
        if (args == null) {
            throw new TimeoutException(name + ": nothing within " + LIMIT_SECONDS + " s");
        }
        return args;
    }

    /** Returns the events of that name that are waiting now. */
    List<List<Object>> pending(String name) {
        List<List<Object>> all = new ArrayList<>();
        queue(name).drainTo(all);
        return all;
    }

    List<Object> call(String event, Object... args) throws Exception {
        CompletableFuture<List<Object>> answer = new CompletableFuture<>();
        socket.emit(event, args, (Ack) back -> answer.complete(PlainJson.list(back)));
        return answer.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    /** Returns the one argument of the acknowledgement. */
    Object ask(String event, Object... args) throws Exception {
        List<Object> answer = call(event, args);
        if (answer.size() != 1) {
            throw new IllegalStateException("expected one argument but got " + answer);
        }
        return answer.getFirst();
    }

    private BlockingQueue<List<Object>> queue(String name) {
        return events.computeIfAbsent(name, key -> new LinkedBlockingQueue<>());
    }

    @Override
    public void close() {
        socket.disconnect();
    }
}
