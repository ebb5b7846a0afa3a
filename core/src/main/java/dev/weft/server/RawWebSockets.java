package dev.weft.server;

import dev.weft.CloseCode;
import dev.weft.DisconnectReason;
import dev.weft.HttpRequest;
import dev.weft.Message;
import dev.weft.WebSocket;
import dev.weft.dispatch.WebSocketDispatcher;
import dev.weft.engine.EngineServer;
import dev.weft.http.AccessCheck;
import dev.weft.http.Exchange;
import dev.weft.net.Failures;
import dev.weft.net.NetRuntime;
import dev.weft.net.PeerFault;
import dev.weft.net.Running;
import dev.weft.net.TcpConnection;
import dev.weft.ws.KeepAlive;
import dev.weft.ws.OpeningHandshake;
import dev.weft.ws.ServerWebSocket;
import dev.weft.ws.WebSocketOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Serves the raw WebSocket connections of one path. */
final class RawWebSockets {
    private final WebSocketHandler handler;
    private final List<String> subprotocols;
    private final WebSocketOptions options;
    private final Duration pingInterval;
    private final Duration pingTimeout;
    private final Duration maxHandlerStall;
    private final AccessCheck access;
    private final NetRuntime runtime;
    private volatile boolean draining;
    private volatile boolean closing;
    private final Set<ServerWebSocket> open = ConcurrentHashMap.newKeySet();

    RawWebSockets(
            WebSocketHandler handler,
            List<String> subprotocols,
            WebSocketOptions options,
            Duration pingInterval,
            Duration pingTimeout,
            Duration maxHandlerStall,
            AccessCheck access,
            NetRuntime runtime) {
        this.handler = handler;
        this.subprotocols = subprotocols;
        this.options = options;
        this.pingInterval = pingInterval;
        this.pingTimeout = pingTimeout;
        this.maxHandlerStall = maxHandlerStall;
        this.access = access;
        this.runtime = runtime;
    }

    /** Answers the opening handshake; returns what serves the WebSocket to its end, or null if it is refused. */
    @Nullable
    Runnable accept(HttpRequest request, Exchange exchange, TcpConnection connection) throws IOException {
        if (draining) {
            exchange.respond(EngineServer.STOPPING);
            return null;
        }
        switch (OpeningHandshake.accept(request, subprotocols, options.deflation())) {
            case OpeningHandshake.Refused refused -> {
                runtime.failures()
                        .peer(PeerFault.BAD_HANDSHAKE, refused.response().body().utf8());
                exchange.respond(refused.response());
                return null;
            }
            case OpeningHandshake.Accepted accepted -> {
                AccessCheck.Denial denial = access.denial(request);
                if (denial != null) {
                    exchange.respond(denial.plain());
                    return null;
                }
                connection.write(accepted.response());
                ServerWebSocket webSocket = new ServerWebSocket(connection, request, accepted, options, runtime);
                return () -> run(webSocket);
            }
        }
    }

    private void run(ServerWebSocket webSocket) {
        open.add(webSocket);
        if (closing) {
            goAway(webSocket);
        }
        KeepAlive keepAlive = new KeepAlive(webSocket, pingInterval, pingTimeout, maxHandlerStall, runtime.carriers());
        try {
            webSocket.outbox().cork(); // the endpoint's thread is the one that a slow peer holds back
            call(webSocket);
            Thread.interrupted(); // an interrupt of a handler must not reach our reads
            webSocket.close();
            webSocket.awaitClosed();
        } finally {
            keepAlive.close();
            open.remove(webSocket);
        }
    }

    private void call(ServerWebSocket webSocket) {
        Running running =
                new Running("the WebSocket endpoint " + webSocket.request().path()).here();
        runtime.handlers().began(running);
        try {
            handler.handle(webSocket);
        } catch (Throwable t) {
            runtime.failures()
                    .handler("the WebSocket endpoint " + webSocket.request().path(), t);
            webSocket.close(CloseCode.INTERNAL_ERROR, "");
        } finally {
            runtime.handlers().ended(running);
        }
    }

    /** Refuses everybody from now on; who is here stays. */
    void drain() {
        draining = true;
    }

    /** Returns what tells each peer that the server stops. */
    List<Runnable> farewells() {
        return open.stream().<Runnable>map(webSocket -> () -> goAway(webSocket)).toList();
    }

    void closeAll() {
        closing = true;
        open.forEach(RawWebSockets::goAway);
    }

    private static void goAway(ServerWebSocket webSocket) {
        webSocket.close(CloseCode.GOING_AWAY, DisconnectReason.SERVER_SHUTTING_DOWN.text());
    }

    /** Returns the loop that calls generated code. */
    static WebSocketHandler calling(WebSocketDispatcher dispatcher, Failures failures) {
        return webSocket -> {
            try {
                guarded(dispatcher, webSocket, failures, () -> dispatcher.connect(webSocket));
                for (Message message; (message = webSocket.receive()) != null; ) {
                    Message received = message;
                    guarded(dispatcher, webSocket, failures, () -> dispatcher.message(webSocket, received));
                }
            } finally {
                CloseCode code = webSocket.closeCode();
                CloseCode last = code == null ? CloseCode.ABNORMAL : code;
                guarded(dispatcher, webSocket, failures, () -> dispatcher.disconnect(webSocket, last));
            }
        };
    }

    private interface Step {
        void run() throws Exception;
    }

    private static void guarded(WebSocketDispatcher dispatcher, WebSocket webSocket, Failures failures, Step step) {
        try {
            step.run();
        } catch (Throwable t) {
            try {
                if (!dispatcher.failed(webSocket, t)) {
                    failures.handler("the WebSocket endpoint " + dispatcher.path(), t);
                }
            } catch (Throwable inner) {
                failures.handler("the error handler of " + dispatcher.path(), inner);
            }
        } finally {
            Thread.interrupted(); // an interrupt of a handler must not reach our reads
        }
    }
}
