package dev.weft.engine;

import dev.weft.DisconnectReason;
import dev.weft.Headers;
import dev.weft.HttpRequest;
import dev.weft.HttpResponse;
import dev.weft.bytes.Bytes;
import dev.weft.http.Exchange;
import dev.weft.net.Drainers;
import dev.weft.net.Outbox;
import dev.weft.net.OutboxEvents;
import dev.weft.net.OutboxSink;
import dev.weft.net.PeerFault;
import dev.weft.net.Throttle;
import dev.weft.ws.ServerWebSocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** HTTP long-polling: a parked GET takes what waits to be sent, a POST delivers. One of each at a time. */
final class PollingTransport implements Transport, OutboxEvents {
    private static final Headers TEXT =
            Headers.of("Content-Type", "text/plain; charset=UTF-8", "Cache-Control", "no-store");
    private static final HttpResponse OK = new HttpResponse(
            200, Headers.of("Content-Type", "text/html", "Cache-Control", "no-store"), Bytes.utf8("ok"));

    private static final HttpResponse TOO_MUCH =
            HttpResponse.text(429, "This client sends too much.").with("Retry-After", "10");

    private final EngineSession session;
    private final int maxPayload;
    private final Outbox<OutPacket> outbox;

    /** Belongs to the POST under way. */
    private final Throttle throttle;

    private final AtomicReference<@Nullable Exchange> parked = new AtomicReference<>();

    /** The peer whose POST is under way, from its first byte to its answer, or null. */
    private final AtomicReference<@Nullable InetSocketAddress> posting = new AtomicReference<>();

    /** The WebSocket that probes for an upgrade, or null. */
    private final AtomicReference<@Nullable ServerWebSocket> probing = new AtomicReference<>();

    PollingTransport(EngineSession session, Drainers drainers, EngineOptions options) {
        this.session = session;
        maxPayload = options.maxPayload();
        outbox = new Outbox<>(drainers, options.outbox(), this);
        throttle = new Throttle(options.rates());
    }

    @Override
    public String name() {
        return "polling";
    }

    @Override
    public Outbox<OutPacket> outbox() {
        return outbox;
    }

    /** Answers a GET at once if something waits, else parks it. */
    void get(Exchange exchange) throws IOException {
        if (!parked.compareAndSet(null, exchange)) {
            refuseOverlap(exchange);
            return;
        }
        exchange.onAbort(() -> session.close(DisconnectReason.TRANSPORT_ERROR));
        outbox.attach(new Poll(exchange));
        if (session.closed()) {
            answerParked(closedByServer() ? farewell() : EngineError.UNKNOWN_SID.response());
        } else if (!equals(session.currentTransport())) {
            release();
        }
    }

    /** Takes the place of the one POST that may be under way; returns false if it is taken. */
    boolean beginPost(HttpRequest request) {
        return posting.compareAndSet(null, request.remoteAddress());
    }

    /** Gives that place back, unless another POST has it by now. */
    void endPost(HttpRequest request) {
        posting.compareAndSet(request.remoteAddress(), null);
    }

    /** Decodes a POST and hands its packets up before it answers. */
    void post(Exchange exchange) throws IOException {
        try {
            if (!deliver(exchange.request().body())) {
                session.close(DisconnectReason.RATE_LIMIT);
                exchange.respond(TOO_MUCH);
                return;
            }
        } catch (EngineException e) {
            session.runtime().failures().peer(PeerFault.BAD_MESSAGE, String.valueOf(e.getMessage()));
            session.close(DisconnectReason.PARSE_ERROR); // before the answer: then no request can slip in between
            exchange.respond(EngineError.BAD_REQUEST.response());
            return;
        } finally {
            endPost(exchange.request()); // before the answer: the client may send its next POST as soon as it has it
        }
        exchange.respond(OK);
    }

    /** Hands the packets of a body up, as fast as the rates allow; returns false if the client sends too much for too long. */
    private boolean deliver(Bytes body) throws EngineException {
        long uncounted = body.size();
        for (EnginePacket packet : PollingPayload.decode(body)) {
            session.received(packet);
            if (!throttle.within(1, uncounted) && !session.closed()) {
                session.flushElsewhere();
                if (!throttle.await(session::closed)) {
                    return false;
                }
            }
            uncounted = 0;
        }
        return true;
    }

    /** Two GETs at a time break the protocol: the session ends, and the parked one is told so. */
    private void refuseOverlap(Exchange exchange) throws IOException {
        session.close(DisconnectReason.TRANSPORT_ERROR);
        exchange.respond(EngineError.BAD_REQUEST.response());
    }

    private void answerParked(HttpResponse response) throws IOException {
        Exchange exchange = parked.getAndSet(null);
        if (exchange != null) {
            outbox.detach();
            exchange.respond(response);
        }
    }

    /** Begins an upgrade; returns false if one is under way. */
    boolean beginProbe(ServerWebSocket webSocket) {
        if (!probing.compareAndSet(null, webSocket)) {
            return false;
        }
        if (session.closed()) {
            dismissProbe();
        }
        return true;
    }

    /** Ends an upgrade that did not succeed. */
    void endProbe() {
        probing.set(null);
    }

    /** The session ends: nothing is left to probe for. */
    private void dismissProbe() {
        ServerWebSocket webSocket = probing.getAndSet(null);
        if (webSocket != null) {
            webSocket.close();
        }
    }

    /** Ends a parked GET with nothing in it, so that the client can pause polling. */
    void releasePoll() {
        if (outbox.attached()) {
            outbox.offerUrgent(OutPacket.NOOP);
        }
    }

    /** Hands everything that waits over to the transport that replaces this one. */
    void moveTo(WebSocketTransport next) {
        outbox.detach();
        outbox.moveTo(next.outbox());
    }

    /** Ends a GET that is parked although the session has moved on. */
    void release() {
        Exchange exchange = parked.get();
        if (exchange != null) {
            exchange.onAbort(() -> {}); // it means nothing to the session any more
        }
        try {
            answerParked(response(List.of(OutPacket.NOOP)));
        } catch (IOException e) {
            // its client has gone on without it
        }
    }

    /** Returns the answer to the first GET after the end. */
    static HttpResponse farewell() {
        return response(List.of(OutPacket.CLOSE));
    }

    private static HttpResponse response(List<OutPacket> batch) {
        return new HttpResponse(200, TEXT, PollingPayload.encode(batch));
    }

    @Override
    public boolean holdsUnread() {
        return posting.get() != null;
    }

    @Override
    public boolean heldBack() {
        return throttle.holdsBack();
    }

    @Override
    public boolean readsOnThisThread() {
        return false;
    }

    @Override
    public void handOnReading() {
        // requests come on their own threads
    }

    @Override
    public boolean hasUnfetched() {
        return outbox.queuedMessages() > 0;
    }

    @Override
    public void finish() {
        outbox.finish(OutPacket.CLOSE);
    }

    @Override
    public void goAway() {
        dismissProbe();
        if (outbox.attached()) {
            finish();
        } else {
            outbox.abort(); // without a parked GET there is nobody to tell
        }
    }

    @Override
    public void abort(DisconnectReason reason) {
        dismissProbe();
        // A client that closed itself only needs its GET back (Engine.IO v4 test suite, "close").
        OutPacket last = reason == DisconnectReason.TRANSPORT_CLOSE ? OutPacket.NOOP : OutPacket.CLOSE;
        if (!outbox.attached()) {
            outbox.abort();
        } else if (!outbox.replaceWith(last)) {
            // It has ended by overflow and will answer nothing; the caller must not wait for the write.
            Thread.ofVirtual().name("weft-poll-end").start(() -> answerLast(last));
        }
    }

    private void answerLast(OutPacket last) {
        try {
            answerParked(response(List.of(last)));
        } catch (Throwable t) {
            session.runtime().failures().unlessPeer("answering a poll", t);
        }
    }

    /** Returns whether the server has closed the session while no GET was parked: the next one is to tell the client. */
    boolean owesFarewell() {
        return closedByServer() && !outbox.attached();
    }

    private boolean closedByServer() {
        DisconnectReason reason = session.closeReason();
        return reason == DisconnectReason.FORCED_CLOSE || reason == DisconnectReason.FORCED_SERVER_CLOSE;
    }

    @Override
    public void overflow() {
        session.close(DisconnectReason.QUEUE_LIMIT);
    }

    @Override
    public void failed(Throwable cause) {
        session.runtime().failures().unlessPeer("answering a poll", cause);
        session.close(DisconnectReason.TRANSPORT_ERROR);
    }

    @Override
    public void finished() {
        session.close(DisconnectReason.FORCED_CLOSE);
    }

    /** One GET: takes one batch. */
    private final class Poll implements OutboxSink<OutPacket> {
        private final Exchange exchange;

        Poll(Exchange exchange) {
            this.exchange = exchange;
        }

        @Override
        public void write(List<OutPacket> batch) throws IOException {
            // Free the place first: the client may send its next GET as soon as it has this answer.
            parked.compareAndSet(exchange, null);
            try {
                exchange.respond(response(batch));
            } catch (Throwable t) {
                DisconnectReason killed = exchange.killedBecause();
                session.close(killed == null ? DisconnectReason.TRANSPORT_ERROR : killed);
                exchange.abort();
                throw t;
            }
        }

        @Override
        public int batchBytes() {
            return maxPayload;
        }

        @Override
        public boolean once() {
            return true;
        }
    }
}
