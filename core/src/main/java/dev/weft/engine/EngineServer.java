package dev.weft.engine;

import dev.weft.DisconnectReason;
import dev.weft.HttpRequest;
import dev.weft.HttpResponse;
import dev.weft.Message;
import dev.weft.bytes.Bytes;
import dev.weft.http.AccessCheck;
import dev.weft.http.Exchange;
import dev.weft.http.OriginPolicy;
import dev.weft.json.JsonMapper;
import dev.weft.net.Admission;
import dev.weft.net.Clock;
import dev.weft.net.Delivery;
import dev.weft.net.NetRuntime;
import dev.weft.net.PeerFault;
import dev.weft.net.TcpConnection;
import dev.weft.ws.OpeningHandshake;
import dev.weft.ws.ServerWebSocket;
import dev.weft.ws.WebSocketOptions;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Opens, finds and upgrades the sessions of one path (Engine.IO v4). Thread-safe. */
public final class EngineServer {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int ID_BYTES = 18;
    private static final Duration NOOP_INTERVAL = Duration.ofMillis(100);
    private static final Message PROBE = Message.text("2probe");
    private static final Message PROBE_ANSWER = Message.text("3probe");

    /** The answer to a client whose address has as many places as it may, or takes them too fast. */
    public static final HttpResponse TOO_MANY = HttpResponse.text(429, "Too many clients come from this address.")
            .with("Connection", "close")
            .with("Retry-After", "2");

    /** The answer to those who come while the server stops: another one, or this one started again, will have them. */
    public static final HttpResponse STOPPING = HttpResponse.text(503, "The server is stopping.")
            .with("Connection", "close")
            .with("Retry-After", "1");

    private static final HttpResponse FULL = HttpResponse.text(503, "The server has as many sessions as it may.")
            .with("Connection", "close")
            .with("Retry-After", "10");

    private final EngineOptions options;
    private final NetRuntime runtime;
    private final AccessCheck access;
    private final Function<EngineSession, EngineListener> listener;
    private final Map<String, EngineSession> sessions = new ConcurrentHashMap<>();

    /** Polling sessions that the server has closed and whose clients do not know yet, with what forgets them. */
    private final Map<String, Clock.Timer> farewells = new ConcurrentHashMap<>();

    private volatile boolean draining;

    /** Why no new session may live, or null while they may. */
    private volatile @Nullable DisconnectReason closing;

    /**
     * Creates a server.
     *
     * @param access asked before a session is opened
     * @param listener makes the receiver of a new session's messages
     */
    public EngineServer(
            EngineOptions options,
            NetRuntime runtime,
            AccessCheck access,
            Function<EngineSession, EngineListener> listener) {
        this.options = options;
        this.runtime = runtime;
        this.access = access;
        this.listener = listener;
    }

    /** Returns how many sessions are open. */
    public int open() {
        return sessions.size();
    }

    private boolean isFull() {
        return sessions.size() >= options.maxSessions();
    }

    /** Returns the most bytes that the body of a polling request may have. */
    public int maxPayload() {
        return options.maxPayload();
    }

    /** Refuses new sessions and upgrades from now on; those that are open go on. */
    public void drain() {
        draining = true;
    }

    /** Returns whether new sessions are refused because the server stops. */
    public boolean draining() {
        return draining;
    }

    /** Returns what tells each client that the server stops, as soon as everything that has come from it is handled. */
    public List<Runnable> farewells() {
        return sessions.values().stream()
                .<Runnable>map(session -> session::drain)
                .toList();
    }

    /** Ends all sessions, those that still open too. */
    public void closeAll(DisconnectReason reason) {
        closing = reason;
        sessions.values().forEach(session -> session.close(reason));
    }

    /** Ends the session that a request names because its body is not what it announced, or too much. */
    public void badBody(HttpRequest request, DisconnectReason reason) {
        EngineSession session = find(request);
        if (session != null) {
            session.close(reason);
        }
    }

    /**
     * Takes the place of the one POST that a session may have under way, from its first byte on; {@link #endBody} gives it
     * back. Returns false if another POST holds it: that breaks the protocol and ends the session.
     */
    public boolean beginBody(HttpRequest request) {
        PollingTransport polling = posted(request);
        if (polling == null || polling.beginPost(request)) {
            return true;
        }
        badBody(request, DisconnectReason.TRANSPORT_ERROR);
        return false;
    }

    /** Gives the place of a POST back. */
    public void endBody(HttpRequest request) {
        PollingTransport polling = posted(request);
        if (polling != null) {
            polling.endPost(request);
        }
    }

    private @Nullable PollingTransport posted(HttpRequest request) {
        EngineSession session = request.method().equals("POST") ? find(request) : null;
        return session != null && session.currentTransport() instanceof PollingTransport polling ? polling : null;
    }

    /** Serves one polling request; returns with the exchange parked when there is nothing to send yet. */
    public void polling(Exchange exchange) throws IOException {
        HttpRequest request = exchange.request();
        EngineSession session = find(request); // once: it may end at any time
        EngineError error = check(request, session, false);
        if (error == EngineError.UNKNOWN_SID && takeFarewell(request)) {
            exchange.respond(PollingTransport.farewell());
        } else if (error != null) {
            note(error);
            exchange.respond(error.response());
        } else if (session == null) {
            open(request, exchange);
        } else if (!(session.currentTransport() instanceof PollingTransport polling)) {
            exchange.respond(EngineError.BAD_REQUEST.response());
        } else if (request.method().equals("GET")) {
            polling.get(exchange);
        } else if (!request.method().equals("POST") || isBinaryBody(request)) {
            exchange.respond(EngineError.BAD_REQUEST.response());
        } else {
            polling.post(exchange);
        }
    }

    private void note(EngineError error) {
        PeerFault kind = error == EngineError.UNKNOWN_SID ? PeerFault.UNKNOWN_SESSION : PeerFault.BAD_HANDSHAKE;
        runtime.failures().peer(kind, error.message());
    }

    private void refuseFull(Exchange exchange) throws IOException {
        runtime.failures().peer(PeerFault.NO_PLACE, "there are as many sessions as maxSessions allows");
        exchange.respond(FULL);
    }

    private static boolean isBinaryBody(HttpRequest request) {
        return "application/octet-stream".equals(request.header("Content-Type"));
    }

    /**
     * Answers the opening handshake of a WebSocket, and its probe if it is to take a session over. Returns what serves it to
     * its end, or until reading has been handed on; null if it is refused.
     */
    public @Nullable Runnable webSocket(HttpRequest request, Exchange exchange, TcpConnection connection)
            throws IOException {
        EngineError error = check(request, find(request), true);
        if (error != null) {
            note(error);
            exchange.respond(error.upgradeResponse());
            return null;
        }
        if (draining) {
            exchange.respond(STOPPING);
            return null;
        }
        if (request.query("sid") == null && isFull()) {
            refuseFull(exchange);
            return null;
        }
        switch (OpeningHandshake.accept(request, List.of(), options.deflation())) {
            case OpeningHandshake.Refused refused -> {
                runtime.failures()
                        .peer(PeerFault.BAD_HANDSHAKE, refused.response().body().utf8());
                exchange.respond(refused.response());
                return null;
            }
            case OpeningHandshake.Accepted accepted -> {
                AccessCheck.Denial denial = request.query("sid") == null ? access.denial(request) : null;
                if (denial != null) {
                    exchange.respond(denial.plain());
                    return null;
                }
                connection.write(accepted.response());
                return begin(new ServerWebSocket(connection, request, accepted, webSocketOptions(), runtime));
            }
        }
    }

    private Runnable begin(ServerWebSocket webSocket) {
        if (webSocket.request().query("sid") == null) {
            return open(webSocket);
        }
        EngineSession session = find(webSocket.request());
        return session == null ? dismiss(webSocket) : probe(session, webSocket);
    }

    private static Runnable dismiss(ServerWebSocket webSocket) {
        webSocket.close();
        return webSocket::awaitClosed;
    }

    private static @Nullable EngineError check(HttpRequest request, @Nullable EngineSession session, boolean upgrade) {
        String transport = request.query("transport");
        String origin = request.header("Origin");
        if (transport == null || !(transport.equals("polling") || transport.equals("websocket"))) {
            return EngineError.UNKNOWN_TRANSPORT;
        }
        if (origin != null && !OriginPolicy.wellFormed(origin)) {
            return EngineError.BAD_REQUEST;
        }
        if (upgrade != transport.equals("websocket")) {
            return EngineError.BAD_REQUEST;
        }
        if (request.query("sid") != null) {
            return session == null ? EngineError.UNKNOWN_SID : null;
        }
        if (!request.method().equals("GET")) {
            return EngineError.BAD_HANDSHAKE_METHOD;
        }
        return "4".equals(request.query("EIO")) ? null : EngineError.UNSUPPORTED_PROTOCOL_VERSION;
    }

    private @Nullable EngineSession find(HttpRequest request) {
        String sid = request.query("sid");
        return sid == null ? null : sessions.get(sid);
    }

    private void open(HttpRequest request, Exchange exchange) throws IOException {
        if (draining) {
            exchange.respond(STOPPING);
            return;
        }
        if (isFull()) {
            refuseFull(exchange);
            return;
        }
        switch (runtime.admission().client(request.remoteAddress().getAddress())) {
            case Admission.Refusal refusal -> {
                runtime.failures().peer(PeerFault.NO_PLACE, refusal.text());
                exchange.respond(TOO_MANY);
            }
            case Admission.Permit permit -> open(request, exchange, permit);
        }
    }

    /** The session gives {@code permit} back when it has another place, that of its WebSocket, or at its end. */
    private void open(HttpRequest request, Exchange exchange, Admission.Permit permit) throws IOException {
        boolean held = false;
        try {
            AccessCheck.Denial denial = access.denial(request);
            if (denial != null) {
                exchange.respond(denial.status() == 403 ? EngineError.forbidden(denial.message()) : denial.plain());
                return;
            }
            EngineSession session = session(request, made -> new PollingTransport(made, runtime.drainers(), options));
            session.hold(permit);
            held = true;
            session.send(OutPacket.open(openPayload(session.id(), List.of("websocket"))), Delivery.CONTROL);
            session.start();
            ((PollingTransport) session.currentTransport()).get(exchange);
        } finally {
            if (!held) {
                permit.close();
            }
        }
    }

    private Runnable open(ServerWebSocket webSocket) {
        EngineSession session =
                session(webSocket.request(), made -> new WebSocketTransport(made, webSocket, runtime.failures()));
        session.send(OutPacket.open(openPayload(session.id(), List.of())), Delivery.CONTROL);
        session.start();
        return ((WebSocketTransport) session.currentTransport())::run;
    }

    private EngineSession session(HttpRequest request, Function<EngineSession, Transport> transport) {
        EngineSession session = new EngineSession(newId(), request, options, runtime, transport, listener, this::ended);
        sessions.put(session.id(), session);
        DisconnectReason reason = closing;
        if (reason != null) {
            session.close(reason);
        }
        return session;
    }

    /** Forgets a session. Its client may have to fetch the news: orderly closing takes {@code closeTimeout} at most. */
    private void ended(EngineSession session) {
        sessions.remove(session.id());
        boolean owed = session.currentTransport() instanceof PollingTransport polling && polling.owesFarewell();
        if (owed && farewells.size() < options.maxSessions()) {
            oweFarewell(session.id());
        }
    }

    private void oweFarewell(String sid) {
        farewells.put(sid, Clock.Timer.NONE); // first: the timer must find what it removes
        Clock.Timer timer = runtime.clock().schedule(options.closeTimeout(), () -> farewells.remove(sid));
        if (!farewells.replace(sid, Clock.Timer.NONE, timer)) {
            timer.cancel(); // the client was faster
        }
    }

    /** Returns whether a GET is the first one after the server has closed its session. */
    private boolean takeFarewell(HttpRequest request) {
        String sid = request.query("sid");
        Clock.Timer timer = sid == null || !request.method().equals("GET") ? null : farewells.remove(sid);
        if (timer == null) {
            return false;
        }
        timer.cancel();
        return true;
    }

    /** Engine.IO v4, "Upgrade": the client probes, we answer, the client confirms; polling is let go meanwhile. */
    private Runnable probe(EngineSession session, ServerWebSocket webSocket) {
        if (!(session.currentTransport() instanceof PollingTransport polling) || !polling.beginProbe(webSocket)) {
            return dismiss(webSocket);
        }
        Clock.Timer deadline = runtime.carriers().deadline(options.upgradeTimeout(), webSocket::closeNow);
        Clock.Timer noops = Clock.Timer.NONE;
        boolean confirmed = false;
        try {
            if (PROBE.equals(webSocket.receive())) {
                webSocket.send(PROBE_ANSWER);
                polling.releasePoll();
                noops = runtime.clock().repeat(NOOP_INTERVAL, polling::releasePoll);
                confirmed = Message.text("5").equals(webSocket.receive());
            }
        } finally {
            deadline.cancel();
            noops.cancel();
        }
        if (confirmed && !session.closed()) {
            WebSocketTransport transport = new WebSocketTransport(session, webSocket, runtime.failures());
            session.upgrade(polling, transport);
            return transport::run;
        }
        polling.endProbe();
        return dismiss(webSocket);
    }

    private WebSocketOptions webSocketOptions() {
        return new WebSocketOptions(
                options.maxPayload(),
                options.maxFragments(),
                options.closeTimeout(),
                options.outbox(),
                options.rates(),
                options.deflation());
    }

    private Bytes openPayload(String id, List<String> upgrades) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("sid", id);
        payload.put("upgrades", upgrades);
        payload.put("pingInterval", options.pingInterval().toMillis());
        payload.put("pingTimeout", options.pingTimeout().toMillis());
        payload.put("maxPayload", options.maxPayload());
        return JsonMapper.standard().write(payload, new ArrayList<>());
    }

    private static String newId() {
        byte[] secret = new byte[ID_BYTES];
        RANDOM.nextBytes(secret);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }
}
