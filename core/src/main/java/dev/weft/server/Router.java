package dev.weft.server;

import dev.weft.DisconnectReason;
import dev.weft.HttpHandler;
import dev.weft.HttpRequest;
import dev.weft.HttpResponse;
import dev.weft.engine.EngineError;
import dev.weft.engine.EngineServer;
import dev.weft.http.BadRequestException;
import dev.weft.http.Exchange;
import dev.weft.http.Forwarding;
import dev.weft.http.HttpLimits;
import dev.weft.http.OriginPolicy;
import dev.weft.http.RequestHead;
import dev.weft.http.StaticFiles;
import dev.weft.net.NetRuntime;
import dev.weft.net.PeerFault;
import dev.weft.net.TcpConnection;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Chooses who answers a request: health, Engine.IO, raw WebSockets, application routes, files.
 *
 * @param engines by path, without the trailing slash
 * @param webSockets by path
 * @param routes by path
 * @param files the longest path first
 */
record Router(
        Map<String, EngineServer> engines,
        Map<String, RawWebSockets> webSockets,
        Map<String, HttpHandler> routes,
        List<StaticFiles> files,
        OriginPolicy origins,
        HttpLimits limits,
        int maxRouteBody,
        Forwarding forwarding,
        NetRuntime runtime) {

    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");
    private static final String HEALTH = "/healthz";
    private static final String READINESS = "/readyz";
    private static final HttpResponse HEALTHY = HttpResponse.text(200, "ok").with("Cache-Control", "no-store");
    private static final HttpResponse NOT_READY =
            HttpResponse.text(503, "stopping").with("Cache-Control", "no-store").with("Connection", "close");
    private static final HttpResponse NOT_FOUND = HttpResponse.text(404, "Nothing is here.");
    private static final HttpResponse UPGRADE_REQUIRED = HttpResponse.text(426, "A WebSocket answers here.")
            .with("Connection", "close")
            .with("Connection", "Upgrade")
            .with("Upgrade", "websocket");
    private static final HttpResponse FORBIDDEN_ORIGIN = HttpResponse.text(403, "This origin is not allowed.");

    int maxBody(HttpRequest request) {
        EngineServer engine = engine(request);
        return engine == null ? maxRouteBody : engine.maxPayload();
    }

    /**
     * Returns what refuses a request whatever its body holds, or null: a foreign page must neither act in its visitor's name
     * nor get a session.
     */
    @Nullable
    HttpResponse refusal(HttpRequest request) {
        boolean session = engine(request) != null;
        boolean harmless = SAFE_METHODS.contains(request.method()) && !session;
        if (harmless || OriginPolicy.isPreflight(request) || origins.allows(request)) {
            return null;
        }
        noteOrigin();
        return session ? EngineError.FORBIDDEN.response() : FORBIDDEN_ORIGIN;
    }

    /** A body that could not be read may end the session that it was meant for. */
    void badBody(HttpRequest request, Exception failure) {
        EngineServer engine = engine(request);
        if (engine != null) {
            boolean tooLarge = failure instanceof BadRequestException refusal && refusal.status() == 413;
            engine.badBody(request, tooLarge ? DisconnectReason.PAYLOAD_TOO_LARGE : DisconnectReason.TRANSPORT_ERROR);
        }
    }

    /** Returns whether the body of a request may be read; {@link #endBody} follows if so. */
    boolean beginBody(HttpRequest request) {
        EngineServer engine = engine(request);
        return engine == null || engine.beginBody(request);
    }

    void endBody(HttpRequest request) {
        EngineServer engine = engine(request);
        if (engine != null) {
            engine.endBody(request);
        }
    }

    void http(Exchange exchange) throws IOException {
        HttpRequest request = exchange.request();
        EngineServer engine = engine(request);
        if (OriginPolicy.isPreflight(request)) {
            exchange.respond(origins.preflight(request));
        } else if (engine != null) {
            polling(engine, exchange);
        } else {
            exchange.respond(respond(request));
        }
    }

    private void polling(EngineServer engine, Exchange exchange) throws IOException {
        HttpRequest request = exchange.request();
        if (request.method().equals("OPTIONS")) {
            exchange.respond(HttpResponse.of(204).with("Allow", "GET, POST, OPTIONS"));
        } else {
            engine.polling(exchange);
        }
    }

    private HttpResponse respond(HttpRequest request) {
        if (request.path().equals(READINESS)) {
            return ready() ? HEALTHY : NOT_READY;
        }
        if (request.path().equals(HEALTH)) {
            return HEALTHY;
        }
        HttpHandler route = routes.get(request.path());
        if (route != null) {
            return call(route, request);
        }
        if (webSockets.containsKey(request.path())) {
            return UPGRADE_REQUIRED;
        }
        if (request.target().equals("*")) {
            return HttpResponse.of(204);
        }
        for (StaticFiles folder : files) {
            HttpResponse file = folder.get(request);
            if (file != null) {
                return file;
            }
        }
        return NOT_FOUND;
    }

    private boolean ready() {
        return engines.values().stream().noneMatch(EngineServer::draining);
    }

    private HttpResponse call(HttpHandler route, HttpRequest request) {
        try {
            String name = "the route " + request.path();
            return runtime.handlers()
                    .run(name, () -> Objects.requireNonNull(route.handle(request), "the route returned null"));
        } catch (Throwable t) {
            runtime.failures().handler("the route " + request.path(), t);
            return HttpResponse.text(500, "The server failed.");
        } finally {
            Thread.interrupted(); // an interrupt of a handler must not reach our reads
        }
    }

    /** Answers a request to switch protocols: returns what serves the WebSocket to its end, or refuses and returns null. */
    @Nullable
    Runnable upgrade(RequestHead head, Exchange exchange, TcpConnection connection) throws IOException {
        HttpRequest request = head.request();
        EngineServer engine = engine(request);
        RawWebSockets raw = webSockets.get(request.path());
        if (!head.http11()) {
            exchange.respond(HttpResponse.text(400, "A WebSocket needs HTTP/1.1."));
        } else if (engine == null && raw == null) {
            exchange.respond(NOT_FOUND);
        } else if (!origins.allows(request)) {
            noteOrigin();
            exchange.respond(FORBIDDEN_ORIGIN);
        } else if (engine != null) {
            return engine.webSocket(request, exchange, connection);
        } else if (raw != null) {
            return raw.accept(request, exchange, connection);
        }
        return null;
    }

    private void noteOrigin() {
        runtime.failures().peer(PeerFault.FORBIDDEN_ORIGIN, "it is neither this server's nor in allowOrigins");
    }

    private @Nullable EngineServer engine(HttpRequest request) {
        String path = request.path();
        for (Map.Entry<String, EngineServer> entry : engines.entrySet()) {
            if (path.equals(entry.getKey()) || path.startsWith(entry.getKey() + "/")) {
                return entry.getValue();
            }
        }
        return null;
    }
}
