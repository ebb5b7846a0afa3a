package dev.weft.server;

import dev.weft.ErrorListener;
import dev.weft.Headers;
import dev.weft.HttpHandler;
import dev.weft.Namespace;
import dev.weft.RequestCheck;
import dev.weft.WeftException;
import dev.weft.adapter.Adapter;
import dev.weft.dispatch.Dispatcher;
import dev.weft.dispatch.DispatcherProvider;
import dev.weft.dispatch.EndpointDispatcher;
import dev.weft.dispatch.WebSocketDispatcher;
import dev.weft.engine.EngineOptions;
import dev.weft.engine.EngineServer;
import dev.weft.http.AccessCheck;
import dev.weft.http.Forwarding;
import dev.weft.http.HttpLimits;
import dev.weft.http.OriginPolicy;
import dev.weft.http.StaticFiles;
import dev.weft.json.JsonMapper;
import dev.weft.net.AddressRanges;
import dev.weft.net.Admission;
import dev.weft.net.Failures;
import dev.weft.net.NetRuntime;
import dev.weft.net.OutboxLimits;
import dev.weft.net.RateLimits;
import dev.weft.packet.PacketDecoder;
import dev.weft.socket.Hub;
import dev.weft.socket.SocketOptions;
import dev.weft.ws.Deflation;
import dev.weft.ws.WebSocketOptions;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Configures a server. Not thread-safe. */
public final class WeftBuilder {
    private static final System.Logger LOG = System.getLogger("dev.weft");

    /** What is less than the 60 s that proxies usually wait, with some room for delays. */
    private static final Duration PROXY_PATIENCE = Duration.ofSeconds(55);

    private static final int DEFAULT_PORT = 8080;

    /** The most bytes of the name of a namespace or an event. */
    private static final int MAX_NAME_BYTES = 256;

    private String host = "";
    private int port = DEFAULT_PORT;
    private String socketIoPath = "/socket.io";
    private Options options = Options.defaults();
    private @Nullable Tls tls;
    private final List<String> origins = new ArrayList<>();
    private Predicate<String> originPredicate = origin -> false;
    private boolean discover;
    private boolean closeOnExit;
    private final List<String> packages = new ArrayList<>();
    private final List<Class<?>> handlers = new ArrayList<>();
    private final List<Object> provided = new ArrayList<>();
    private final Map<String, Object> named = new HashMap<>();
    private Function<Class<?>, ? extends @Nullable Object> container = type -> null;
    private Adapter.@Nullable Factory adapters;
    private RequestCheck access = request -> {};
    private ErrorListener errors = (socket, event, failure) -> {};
    private final Map<String, String> files = new LinkedHashMap<>();
    private final Map<String, String> fileHeaders = new LinkedHashMap<>();
    private final Map<String, HttpHandler> routes = new LinkedHashMap<>();
    private final Map<String, RawEndpoint> webSockets = new LinkedHashMap<>();
    private final Map<String, SessionHandler> engines = new LinkedHashMap<>();
    private final Map<String, List<Consumer<Namespace>>> namespaces = new LinkedHashMap<>();

    private record RawEndpoint(WebSocketHandler handler, List<String> subprotocols) {}

    WeftBuilder() {}

    /** Sets the address to bind; all interfaces by default. */
    public WeftBuilder host(String newHost) {
        host = newHost;
        return this;
    }

    /** Sets the port; 0 means any free one. 8080 by default. */
    public WeftBuilder port(int newPort) {
        port = newPort;
        return this;
    }

    /** Serves {@code https://} and {@code wss://} only; plain {@code http://} and {@code ws://} by default. */
    public WeftBuilder tls(Tls newTls) {
        tls = newTls;
        return this;
    }

    /** Sets the path of Socket.IO; {@code /socket.io} by default. */
    public WeftBuilder path(String path) {
        socketIoPath = path;
        return this;
    }

    /** Sets limits and times. */
    public WeftBuilder options(Options newOptions) {
        options = newOptions;
        return this;
    }

    /**
     * Admits browser pages from these origins besides the server's own, for example {@code https://example.org}.
     *
     * @throws IllegalArgumentException at start if one is not an origin
     */
    public WeftBuilder allowOrigins(String... more) {
        origins.addAll(List.of(more));
        return this;
    }

    /** Admits browser pages from every origin for which {@code predicate} holds. */
    public WeftBuilder allowOrigins(Predicate<String> predicate) {
        originPredicate = originPredicate.or(predicate);
        return this;
    }

    /**
     * Asks {@code check} about every request that opens a session or a raw WebSocket, before it does; requests of an open
     * session are not asked about again. By default all may.
     */
    public WeftBuilder allowRequest(RequestCheck check) {
        access = check;
        return this;
    }

    /** Registers every handler class that was compiled with the processor and is on the class path. */
    public WeftBuilder discover() {
        discover = true;
        return this;
    }

    /** Registers the handler classes in packages and their subpackages, found by a class path scan. */
    public WeftBuilder scan(String... morePackages) {
        packages.addAll(List.of(morePackages));
        return this;
    }

    /** Registers handler classes. */
    public WeftBuilder handlers(Class<?>... classes) {
        handlers.addAll(List.of(classes));
        return this;
    }

    /** Provides an object to constructors of handler classes that ask for its class or a supertype. */
    public WeftBuilder provide(Object instance) {
        provided.add(instance);
        return this;
    }

    /** Provides an object to constructor parameters {@code @Named(name)}. */
    public WeftBuilder provide(String name, Object instance) {
        named.put(name, instance);
        return this;
    }

    /** Asks a container for objects that were not provided; it returns null for those it does not know. */
    public WeftBuilder instances(Function<Class<?>, ? extends @Nullable Object> newContainer) {
        container = newContainer;
        return this;
    }

    /** Sets what makes the adapter of each namespace: rooms in memory by default. */
    public WeftBuilder adapter(Adapter.Factory factory) {
        adapters = factory;
        return this;
    }

    /** Learns of everything that handlers throw. */
    public WeftBuilder onError(ErrorListener listener) {
        errors = listener;
        return this;
    }

    /** Serves files below {@code path} from a folder, or from the class path if it starts with {@code classpath:}. */
    public WeftBuilder staticFiles(String path, String root) {
        once(files, "static files at path", path, root);
        return this;
    }

    /**
     * Sets a header field that static files are sent with; an empty value leaves it out. By default there are {@code
     * X-Content-Type-Options: nosniff}, {@code X-Frame-Options: SAMEORIGIN} and {@code Referrer-Policy:
     * strict-origin-when-cross-origin}.
     *
     * @throws IllegalArgumentException if the name is not a token, or the value holds CR, LF or NUL
     */
    public WeftBuilder fileHeader(String name, String value) {
        Headers.of(name, value);
        fileHeaders.put(name.toLowerCase(Locale.ROOT), value);
        return this;
    }

    /** Answers requests to exactly {@code path}. */
    public WeftBuilder http(String path, HttpHandler handler) {
        once(routes, "route", checked(path), handler);
        return this;
    }

    /** Serves raw WebSocket connections at exactly {@code path}; the subprotocols in order of preference. */
    public WeftBuilder webSocket(String path, WebSocketHandler handler, String... subprotocols) {
        once(webSockets, "WebSocket path", checked(path), new RawEndpoint(handler, List.of(subprotocols)));
        return this;
    }

    /** Serves raw Engine.IO sessions at {@code path}. */
    public WeftBuilder engine(String path, SessionHandler handler) {
        once(engines, "Engine.IO path", withoutSlash(checked(path)), handler);
        return this;
    }

    /** Configures namespace {@code name} before the first client can connect. */
    public WeftBuilder namespace(String name, Consumer<Namespace> configuration) {
        namespaces.computeIfAbsent(name, n -> new ArrayList<>()).add(configuration);
        return this;
    }

    /**
     * Closes the server when the JVM exits: on SIGTERM, on Ctrl-C, or at {@code System.exit}. The exit waits for {@link Weft#close}
     * and keeps its status, which is 143 after SIGTERM. Nothing is left behind once the server has been closed otherwise.
     */
    public WeftBuilder closeOnExit() {
        closeOnExit = true;
        return this;
    }

    /**
     * Starts the server.
     *
     * @throws WeftException if it cannot start; the message says what to change
     */
    public Weft start() {
        warn();
        loadJson();
        NetRuntime runtime = NetRuntime.start(admission());
        Hub hub = new Hub(socketOptions(), runtime, adapters, errors);
        try {
            Map<String, RawEndpoint> raw = register(hub, runtime);
            namespaces.forEach((name, configurations) ->
                    configurations.forEach(configuration -> configuration.accept(hub.namespace(name))));
            Deflation deflation = options.compression().start();
            Weft server =
                    new Weft(host, port, options, tls, runtime, hub, router(hub, runtime, deflation, raw), deflation);
            if (closeOnExit) {
                server.closeOnExit();
            }
            return server;
        } catch (Throwable t) {
            hub.close();
            runtime.close();
            throw t;
        }
    }

    private void warn() {
        if (options.pingInterval().compareTo(PROXY_PATIENCE) >= 0) {
            LOG.log(
                    Level.WARNING,
                    "pingInterval is " + options.pingInterval().toSeconds()
                            + " s: most proxies and balancers cut connections"
                            + " on which nothing comes for 60 s; make it less than " + PROXY_PATIENCE.toSeconds()
                            + " s");
        }
    }

    /** Loads what writes JSON before a client needs it: while a class is initialized, all who wait for it keep their carriers. */
    private static void loadJson() {
        JsonMapper.standard().write(Map.of("pingInterval", 0, "upgrades", List.of("")), new ArrayList<>());
    }

    /** Registers the handler classes; returns all raw WebSocket endpoints, theirs among them. */
    private Map<String, RawEndpoint> register(Hub hub, NetRuntime runtime) {
        Map<String, RawEndpoint> raw = new LinkedHashMap<>(webSockets);
        ProvidedInstances instances = new ProvidedInstances(provided, named, container);
        for (DispatcherProvider provider : providers()) {
            Dispatcher dispatcher = provider.create(instances);
            switch (dispatcher) {
                case EndpointDispatcher endpoint -> hub.register(endpoint, provider.handler());
                case WebSocketDispatcher webSocket ->
                    once(
                            raw,
                            "WebSocket path",
                            webSocket.path(),
                            new RawEndpoint(
                                    RawWebSockets.calling(webSocket, runtime.failures()), webSocket.subprotocols()));
            }
        }
        return raw;
    }

    /** However a handler class was found, it is registered once. */
    private Iterable<DispatcherProvider> providers() {
        Map<Class<?>, DispatcherProvider> found = new LinkedHashMap<>();
        List<DispatcherProvider> all = new ArrayList<>();
        if (discover) {
            all.addAll(Discovery.indexed());
        }
        if (!packages.isEmpty()) {
            all.addAll(Discovery.scan(packages));
        }
        handlers.forEach(handler -> all.add(Discovery.of(handler)));
        all.forEach(provider -> found.putIfAbsent(provider.handler(), provider));
        return found.values();
    }

    private Router router(
            Hub hub, NetRuntime runtime, @Nullable Deflation deflation, Map<String, RawEndpoint> endpoints) {
        AccessCheck check = new AccessCheck(access, options.authTimeout(), runtime);
        EngineOptions engineOptions = engineOptions(deflation);
        Map<String, EngineServer> servers = new LinkedHashMap<>();
        engines.forEach((path, handler) -> servers.put(
                path,
                new EngineServer(
                        engineOptions,
                        runtime,
                        check,
                        session -> RawSession.start(
                                session, handler, outboxLimits().usual()))));
        once(
                servers,
                "Engine.IO path",
                withoutSlash(checked(socketIoPath)),
                new EngineServer(engineOptions, runtime, check, hub::accept));
        Map<String, RawWebSockets> raw = new LinkedHashMap<>();
        endpoints.forEach((path, endpoint) -> raw.put(path, rawWebSockets(endpoint, check, runtime, deflation)));
        Headers sent = sentWithFiles();
        List<StaticFiles> folders = files.entrySet().stream()
                .sorted(Comparator.comparingInt(entry -> -entry.getKey().length()))
                .map(entry -> new StaticFiles(entry.getKey(), entry.getValue(), sent))
                .toList();
        return new Router(
                servers,
                raw,
                Map.copyOf(routes),
                folders,
                new OriginPolicy(origins, origin -> admits(origin, runtime.failures())),
                new HttpLimits(options.maxRequestLine(), options.maxHeaderBytes(), options.maxHeaders()),
                options.maxBody(),
                new Forwarding(AddressRanges.of(options.trustedProxies())),
                runtime);
    }

    private Headers sentWithFiles() {
        Map<String, String> fields = new LinkedHashMap<>();
        StaticFiles.SECURITY.asMap().forEach((name, values) -> fields.put(name, values.getFirst()));
        fields.putAll(fileHeaders);
        Headers.Builder sent = Headers.builder();
        fields.forEach((name, value) -> {
            if (!value.isEmpty()) {
                sent.add(name, value);
            }
        });
        return sent.build();
    }

    /** A predicate that fails admits nobody. */
    private boolean admits(String origin, Failures failures) {
        try {
            return originPredicate.test(origin);
        } catch (Throwable t) {
            failures.handler("the predicate of allowOrigins", t);
            return false;
        }
    }

    private RawWebSockets rawWebSockets(
            RawEndpoint endpoint, AccessCheck check, NetRuntime runtime, @Nullable Deflation deflation) {
        WebSocketOptions limits = new WebSocketOptions(
                options.maxMessage(),
                options.maxFragments(),
                options.closeTimeout(),
                outboxLimits(),
                rateLimits(),
                deflation);
        return new RawWebSockets(
                endpoint.handler(),
                endpoint.subprotocols(),
                limits,
                options.pingInterval(),
                options.pingTimeout(),
                options.maxHandlerStall(),
                check,
                runtime);
    }

    private EngineOptions engineOptions(@Nullable Deflation deflation) {
        return new EngineOptions(
                options.pingInterval(),
                options.pingTimeout(),
                options.upgradeTimeout(),
                options.maxHandlerStall(),
                options.closeTimeout(),
                options.maxPayload(),
                options.maxFragments(),
                options.maxSessions(),
                outboxLimits(),
                rateLimits(),
                deflation);
    }

    private Admission.Limits admission() {
        AddressRanges exempt = AddressRanges.of(options.unlimitedAddresses());
        return new Admission.Limits(
                options.maxConnections(),
                options.maxConnectionsPerAddress(),
                options.connectRatePerAddress(),
                exempt.and(AddressRanges.of(options.trustedProxies())));
    }

    private RateLimits rateLimits() {
        return new RateLimits(options.messageRate(), options.byteRate(), options.rateLimitPatience());
    }

    private SocketOptions socketOptions() {
        return new SocketOptions(
                options.connectTimeout(),
                options.authTimeout(),
                options.attachmentTimeout(),
                options.ackTimeout(),
                new PacketDecoder.Limits(
                        options.maxAttachments(), options.maxPayload(), MAX_NAME_BYTES, MAX_NAME_BYTES),
                options.maxJsonDepth(),
                options.maxInboxBytes(),
                options.maxPendingAcks(),
                options.maxNamespacesPerClient(),
                options.maxRoomsPerSocket(),
                outboxLimits());
    }

    private OutboxLimits outboxLimits() {
        return new OutboxLimits(
                options.maxQueuedBytes(), options.maxQueuedMessages(), options.overflow(), options.blockTimeout());
    }

    private static <V> void once(Map<String, V> map, String what, String path, V value) {
        if (map.putIfAbsent(path, value) != null) {
            throw new WeftException(what + " " + path + " has two handlers; give one another path");
        }
    }

    private static String checked(String path) {
        if (!path.startsWith("/")) {
            throw new WeftException("path \"" + path + "\" must start with \"/\"; did you mean \"/" + path + "\"?");
        }
        return path;
    }

    private static String withoutSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
