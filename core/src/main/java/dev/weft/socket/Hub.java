package dev.weft.socket;

import dev.weft.ErrorListener;
import dev.weft.WeftException;
import dev.weft.adapter.Adapter;
import dev.weft.dispatch.EndpointDispatcher;
import dev.weft.engine.EngineListener;
import dev.weft.engine.EngineSession;
import dev.weft.json.JsonMapper;
import dev.weft.net.Carriers;
import dev.weft.net.Clock;
import dev.weft.net.Failures;
import dev.weft.net.NetRuntime;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The namespaces of one server and what they share. Thread-safe. */
public final class Hub {
    private final SocketOptions options;
    private final NetRuntime runtime;
    private final Adapter.Factory adapters;
    private final ErrorListener errors;
    private final JsonMapper json;
    private final Map<String, LocalNamespace> namespaces = new ConcurrentHashMap<>();
    private final LongAdder pendingAcks = new LongAdder();

    /** Creates a hub without namespaces; {@code adapters} may be null for rooms in memory. */
    public Hub(SocketOptions options, NetRuntime runtime, Adapter.@Nullable Factory adapters, ErrorListener errors) {
        this.options = options;
        this.runtime = runtime;
        this.adapters = adapters == null ? (name, sockets) -> new InMemoryAdapter(sockets) : adapters;
        this.errors = errors;
        json = JsonMapper.standard(options.maxJsonDepth());
    }

    /** Returns namespace {@code name}, created if it does not exist. */
    public LocalNamespace namespace(String name) {
        if (!name.startsWith("/")) {
            throw new WeftException(
                    "namespace \"" + name + "\" must start with \"/\"; did you mean \"/" + name + "\"?");
        }
        if (name.chars().anyMatch(c -> c < ' ' || c == 0x7f || c == ',' || c == '?')) {
            throw new WeftException("namespace \"" + name
                    + "\" must hold no comma, question mark or control character: no client could ask for it");
        }
        return namespaces.computeIfAbsent(name, n -> new LocalNamespace(n, this, adapters));
    }

    /** Lets {@code dispatcher} handle its namespace; there is one dispatcher a namespace. */
    public void register(EndpointDispatcher dispatcher, Class<?> handler) {
        namespace(dispatcher.namespace()).handleWith(dispatcher, handler);
    }

    /** Returns the receiver of a new session's messages. */
    public EngineListener accept(EngineSession session) {
        return new Client(session, this);
    }

    /** Returns how many sockets are in namespaces. */
    public long sockets() {
        return namespaces.values().stream()
                .mapToLong(space -> space.sockets().size())
                .sum();
    }

    /** Returns how many acknowledgements are waited for. */
    public long pendingAcks() {
        return pendingAcks.sum();
    }

    /** Lets the adapters go. */
    public void close() {
        namespaces.values().forEach(LocalNamespace::close);
    }

    @Nullable
    LocalNamespace find(String name) {
        return namespaces.get(name);
    }

    SocketOptions options() {
        return options;
    }

    Clock clock() {
        return runtime.clock();
    }

    Carriers carriers() {
        return runtime.carriers();
    }

    Failures failures() {
        return runtime.failures();
    }

    JsonMapper json() {
        return json;
    }

    ErrorListener errors() {
        return errors;
    }

    PendingAcks newPendingAcks() {
        return new PendingAcks(clock(), pendingAcks, options.maxPendingAcks());
    }
}
