package dev.weft.server;

import dev.weft.DisconnectReason;
import dev.weft.HttpRequest;
import dev.weft.bytes.Bytes;
import dev.weft.http.BadRequestException;
import dev.weft.http.Exchange;
import dev.weft.http.HttpReader;
import dev.weft.http.HttpWriter;
import dev.weft.http.RequestHead;
import dev.weft.net.Clock;
import dev.weft.net.NetRuntime;
import dev.weft.net.TcpConnection;
import dev.weft.ws.OpeningHandshake;
import java.io.IOException;
import java.time.Duration;

/**
 * One TCP connection on its virtual thread: HTTP requests one after the other, or the frame loop of a WebSocket to its
 * end. Every wait is under a deadline.
 */
final class ConnectionLoop {
    private static final int LINGER_MILLIS = 1_000;
    private static final Bytes CONTINUE = Bytes.utf8("HTTP/1.1 100 Continue\r\n\r\n");

    private final TcpConnection connection;
    private final HttpReader reader;
    private final Router router;
    private final Options options;
    private final NetRuntime runtime;

    /** Runs while nothing else limits the connection's time. */
    private volatile Clock.Timer deadline = Clock.Timer.NONE;

    ConnectionLoop(TcpConnection connection, Router router, Options options, NetRuntime runtime) {
        this.connection = connection;
        this.router = router;
        this.options = options;
        this.runtime = runtime;
        reader = new HttpReader(connection.input(), router.limits(), connection.remoteAddress(), connection.secure());
    }

    void run() {
        try {
            Duration patience = options.handshakeTimeout();
            while (serveOne(patience)) {
                patience = options.idleTimeout();
            }
        } catch (Throwable t) {
            failed(t);
        } finally {
            deadline.cancel();
        }
    }

    private void failed(Throwable t) {
        try {
            if (t instanceof BadRequestException refused) {
                connection.write(HttpWriter.encode(refused.response(), false, false));
                connection.closeGently(LINGER_MILLIS);
            } else {
                runtime.failures().unlessPeer("a connection", t);
            }
        } catch (Throwable inner) {
            runtime.failures().unlessPeer("a connection", inner);
        }
    }

    /** Serves one request; returns whether another one may follow. */
    private boolean serveOne(Duration patience) throws IOException, BadRequestException, InterruptedException {
        if (!awaitRequest(patience)) {
            return false;
        }
        connection.idle(false);
        limit(options.handshakeTimeout());
        RequestHead head = reader.readHead();
        if (head == null) {
            return false;
        }
        if (OpeningHandshake.isUpgrade(head.request())) {
            deadline.cancel();
            upgrade(head);
            return false;
        }
        limit(options.idleTimeout());
        Exchange exchange = receive(head);
        if (!exchange.answered()) {
            watch(exchange);
        }
        exchange.awaitDone();
        deadline.cancel();
        if (!exchange.keepAlive()) {
            connection.closeGently(LINGER_MILLIS);
        }
        return exchange.keepAlive();
    }

    /** Reads the body and hands the request on; what it ends with may be parked. */
    private Exchange receive(RequestHead head) throws IOException, BadRequestException {
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

    private boolean awaitRequest(Duration patience) throws IOException {
        connection.input().rest();
        if (connection.input().buffered() > 0) {
            return true;
        }
        limit(patience);
        connection.idle(true);
        try {
            return connection.input().fill();
        } finally {
            connection.idle(false);
        }
    }

    private void limit(Duration time) {
        deadline.cancel();
        deadline = runtime.clock().schedule(time, () -> connection.kill(DisconnectReason.TRANSPORT_ERROR));
    }

    private Bytes body(RequestHead head) throws IOException, BadRequestException {
        try {
            return reader.readBody(head, router.maxBody(head.request()), () -> connection.write(CONTINUE));
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
        router.upgrade(head, exchange, connection);
        if (exchange.answered()) {
            connection.closeGently(LINGER_MILLIS);
        }
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
