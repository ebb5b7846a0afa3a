package dev.weft.server;

import dev.weft.DisconnectReason;
import dev.weft.HttpRequest;
import dev.weft.HttpResponse;
import dev.weft.bytes.Bytes;
import dev.weft.engine.EngineServer;
import dev.weft.http.BadRequestException;
import dev.weft.http.Exchange;
import dev.weft.http.HttpReader;
import dev.weft.http.HttpWriter;
import dev.weft.http.RequestHead;
import dev.weft.net.Admission;
import dev.weft.net.Clock;
import dev.weft.net.NetRuntime;
import dev.weft.net.PeerFault;
import dev.weft.net.TcpConnection;
import dev.weft.ws.OpeningHandshake;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One TCP connection on its virtual thread: HTTP requests one after the other, up to the one that makes it a WebSocket.
 * Every wait is under a deadline.
 */
final class ConnectionLoop {
    private static final int LINGER_MILLIS = 1_000;

    private final TcpConnection connection;
    private final HttpReader reader;
    private final Router router;
    private final Options options;
    private final NetRuntime runtime;

    /** Runs while nothing else limits the connection's time. */
    private volatile Clock.Timer deadline = Clock.Timer.NONE;

    /** The request that is served, or null before its head is there. */
    private @Nullable HttpRequest current;

    /** Serves the connection after its last request; null while it speaks HTTP. */
    private @Nullable Runnable upgraded;

    ConnectionLoop(TcpConnection connection, Router router, Options options, NetRuntime runtime) {
        this.connection = connection;
        this.router = router;
        this.options = options;
        this.runtime = runtime;
        reader = new HttpReader(connection.input(), router.limits(), connection.remoteAddress(), connection.secure());
    }

    /**
     * Serves requests. Returns what serves the connection from then on, or null if it is over: a WebSocket lives long, so
     * it runs without the frames and objects of the HTTP request that it began as.
     */
    @Nullable
    Runnable run() {
        try {
            boolean more = open() && serveOne();
            while (more) {
                more = awaitAnother() && serveOne();
            }
        } catch (Throwable t) {
            failed(t);
        } finally {
            deadline.cancel();
        }
        return upgraded;
    }

    private void failed(Throwable t) {
        try {
            if (t instanceof BadRequestException refused) {
                PeerFault kind = refused.status() == 413 ? PeerFault.TOO_LARGE : PeerFault.MALFORMED_REQUEST;
                runtime.failures().peer(kind, String.valueOf(refused.getMessage()));
                connection.write(HttpWriter.encode(readable(refused.response()), false, false));
                connection.closeGently(LINGER_MILLIS);
            } else {
                runtime.failures().unlessPeer("a connection", t);
            }
        } catch (Throwable inner) {
            runtime.failures().unlessPeer("a connection", inner);
        }
    }

    /** A page of an admitted origin may read why its request was refused. */
    private HttpResponse readable(HttpResponse response) {
        HttpRequest request = current;
        return request == null ? response : router.origins().cors(request, response);
    }

    /** One deadline holds for all that a new connection owes: its TLS handshake and the head of its first request. */
    private boolean open() throws IOException, BadRequestException {
        limit(options.handshakeTimeout());
        connection.idle(true);
        try {
            if (!connection.open()) {
                throw new BadRequestException(400, "This port speaks TLS: use https:// or wss://.");
            }
            return connection.input().fill();
        } finally {
            connection.idle(false);
        }
    }

    /** Serves one request, which has begun; returns whether another one may follow. */
    private boolean serveOne() throws IOException, BadRequestException, InterruptedException {
        current = null;
        RequestHead received = reader.readHead();
        if (received == null) {
            return false;
        }
        RequestHead head = received.with(router.forwarding().resolve(received.request()));
        current = head.request();
        if (OpeningHandshake.isUpgrade(head.request())) {
            deadline.cancel();
            upgrade(head);
            return false;
        }
        limit(options.idleTimeout());
        Exchange exchange = receive(head);
        try {
            if (!exchange.answered()) {
                watch(exchange);
            }
        } finally {
            exchange.awaitDone(); // who responds sets the deadline of the idle connection, which is ours to cancel
        }
        deadline.cancel();
        if (!exchange.keepAlive()) {
            connection.closeGently(LINGER_MILLIS);
        }
        return exchange.keepAlive();
    }

    /** Reads the body and hands the request on; what it ends with may be parked. */
    private Exchange receive(RequestHead head) throws IOException, BadRequestException {
        HttpResponse refusal = router.refusal(head.request());
        if (refusal != null) {
            Exchange refused = exchange(head, Bytes.EMPTY);
            refused.respond(head.hasBody() ? refusal.with("Connection", "close") : refusal);
            return refused;
        }
        if (!router.beginBody(head.request())) {
            throw new BadRequestException(400, "Two bodies at a time.");
        }
        try {
            Exchange exchange = exchange(head, body(head));
            deadline.cancel();
            router.http(exchange);
            return exchange;
        } finally {
            router.endBody(head.request());
        }
    }

    private boolean awaitAnother() throws IOException {
        runtime.carriers().giveWay();
        connection.input().rest();
        limit(options.idleTimeout());
        connection.idle(connection.input().buffered() == 0);
        boolean begun;
        try {
            begun = connection.input().fill();
        } finally {
            connection.idle(false);
        }
        limit(options.handshakeTimeout());
        return begun;
    }

    private void limit(Duration time) {
        deadline.cancel();
        deadline = runtime.carriers().deadline(time, () -> connection.kill(DisconnectReason.TRANSPORT_ERROR));
    }

    private Bytes body(RequestHead head) throws IOException, BadRequestException {
        try {
            return reader.readBody(head, router.maxBody(head.request()), () -> connection.write(HttpWriter.CONTINUE));
        } catch (IOException | BadRequestException e) {
            router.badBody(head.request(), e);
            throw e;
        }
    }

    private Exchange exchange(RequestHead head, Bytes body) {
        HttpRequest request = head.request().withBody(body);
        return new Exchange(
                request,
                head.keepAlive(),
                connection,
                response -> router.origins().cors(request, response));
    }

    private void upgrade(RequestHead head) throws IOException {
        Exchange exchange = new Exchange(head.request(), false, connection, response -> response);
        if (admits(head.request())) {
            upgraded = router.upgrade(head, exchange, connection);
        } else {
            exchange.respond(EngineServer.TOO_MANY);
        }
        if (exchange.answered()) {
            connection.closeGently(LINGER_MILLIS);
        }
    }

    /** Behind a proxy a WebSocket takes a place of its client's address, as its connection would without. */
    private boolean admits(HttpRequest request) {
        if (request.remoteAddress().equals(connection.remoteAddress())) {
            return true;
        }
        Admission.Decision decision =
                runtime.admission().client(request.remoteAddress().getAddress());
        switch (decision) {
            case Admission.Permit permit -> connection.hold(permit);
            case Admission.Refusal refusal -> runtime.failures().peer(PeerFault.NO_PLACE, refusal.text());
        }
        return decision instanceof Admission.Permit;
    }

    /** Another thread will respond; meanwhile this one notices whether the peer stays. */
    private void watch(Exchange exchange) throws IOException {
        exchange.onDone(() -> {
            if (exchange.keepAlive()) {
                connection.idle(true);
                limit(options.idleTimeout());
            } else {
                connection.kill(DisconnectReason.TRANSPORT_CLOSE);
            }
        });
        boolean stays = false;
        try {
            stays = connection.input().fill();
        } finally {
            if (!stays || connection.killedBecause() != null) {
                exchange.abort();
            }
        }
    }
}
