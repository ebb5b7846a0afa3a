package dev.weft.engine;

import dev.weft.Connection;
import dev.weft.DisconnectReason;
import dev.weft.HttpRequest;
import dev.weft.net.Admission;
import dev.weft.net.Clock;
import dev.weft.net.Delivery;
import dev.weft.net.NetRuntime;
import dev.weft.net.Offered;
import dev.weft.net.Outbox;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One Engine.IO session: it outlives its first transport. Thread-safe. Whoever ends it first says why; everything that it
 * holds is let go in that one place.
 */
public final class EngineSession implements Connection {
    /** How long an orderly close waits for the client to fetch what is left. */
    private static final Duration FINISH_TIMEOUT = Duration.ofSeconds(30);

    /** How long a stop waits for the next request of a polling client. */
    private static final Duration FETCH_TIMEOUT = Duration.ofSeconds(1);

    private enum State {
        OPEN,
        FINISHING,
        CLOSED
    }

    private final String id;
    private final HttpRequest request;
    private final NetRuntime runtime;
    private final Consumer<EngineSession> onClose;
    private final Heartbeat heartbeat;
    private final Function<EngineSession, EngineListener> listeners;
    private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);
    private final AtomicBoolean endTold = new AtomicBoolean();

    /** Why the session ended, as whoever ended it first says; null before. Set before the state. */
    private final AtomicReference<@Nullable DisconnectReason> closeReason = new AtomicReference<>();

    private volatile Transport transport;

    /** Set when the session has started; nothing is received before. */
    private volatile @Nullable EngineListener listener;

    /** Why the session is to end after everything that waits. */
    private volatile DisconnectReason finishReason = DisconnectReason.FORCED_CLOSE;

    private volatile Clock.Timer finishTimer = Clock.Timer.NONE;

    /** The place of a client that has no connection of its own, or null. */
    private volatile Admission.@Nullable Permit permit;

    EngineSession(
            String id,
            HttpRequest request,
            EngineOptions options,
            NetRuntime runtime,
            Function<EngineSession, Transport> transport,
            Function<EngineSession, EngineListener> listeners,
            Consumer<EngineSession> onClose) {
        this.id = id;
        this.request = request;
        this.runtime = runtime;
        this.onClose = onClose;
        this.transport = transport.apply(this);
        heartbeat = new Heartbeat(this, options, runtime);
        this.listeners = listeners;
    }

    /** Hands the session to what runs on it, once it can be found and its first packet is queued. */
    void start() {
        heartbeat.start();
        listener = listeners.apply(this);
        tellEnd();
    }

    /** Makes the session give {@code newPermit} back when it no longer needs it. */
    void hold(Admission.Permit newPermit) {
        permit = newPermit;
        if (closed()) {
            giveBackPermit();
        }
    }

    private void giveBackPermit() {
        Admission.Permit held = permit;
        if (held != null) {
            held.close();
        }
    }

    /** Tells the listener why the session ended, once both are there. */
    private void tellEnd() {
        EngineListener told = listener;
        DisconnectReason reason = closeReason.get();
        if (told != null && reason != null && endTold.compareAndSet(false, true)) {
            told.closed(reason);
        }
    }

    @Override
    public String id() {
        return id;
    }

    /** Returns the request that opened the session. */
    public HttpRequest request() {
        return request;
    }

    @Override
    public String transport() {
        return transport.name();
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return request.remoteAddress();
    }

    @Override
    public long queuedBytes() {
        return transport.outbox().queuedBytes();
    }

    @Override
    public int queuedMessages() {
        return transport.outbox().queuedMessages();
    }

    @Override
    public long dropped() {
        return transport.outbox().dropped();
    }

    /** Returns what the threads of this server share. */
    public NetRuntime runtime() {
        return runtime;
    }

    Transport currentTransport() {
        return transport;
    }

    /** Queues {@code packet}; see {@link Outbox#offer}. */
    public Offered send(OutPacket packet, Delivery how) {
        return transport.outbox().offer(packet, how);
    }

    /** Queues {@code packet} without waiting for room; see {@link Outbox#tryOffer}. */
    public Offered trySend(OutPacket packet, Delivery how) {
        return transport.outbox().tryOffer(packet, how);
    }

    /** Counts a packet that was refused and is given up. */
    public void countDropped() {
        transport.outbox().countDropped();
    }

    /** If the calling thread runs the client's handlers, waits while the client is slow. */
    public void holdBack() {
        transport.outbox().holdBack();
    }

    /** Queues {@code packet} ahead of everything else, without ever blocking; returns whether it was accepted. */
    public boolean sendUrgent(OutPacket packet) {
        return transport.outbox().offerUrgent(packet);
    }

    /** Queues {@code packet} if nothing else waits; returns whether it did. */
    public boolean sendVolatile(OutPacket packet) {
        return transport.outbox().offerVolatile(packet);
    }

    /** Makes the calling thread the one whose sends are corked and held back: it runs the client's handlers. */
    public void cork() {
        transport.outbox().cork();
    }

    /** Sends what the calling thread has corked, and ends its role. */
    public void uncork() {
        transport.outbox().uncork();
    }

    /** Returns whether the client may have sent something that a busy handler keeps from being read. */
    public boolean holdsUnread() {
        return transport.holdsUnread();
    }

    /** Lets another thread send what is corked, at once. */
    public void flushElsewhere() {
        transport.outbox().flushElsewhere();
    }

    /** Returns whether the calling thread reads for this session: then it may run handlers itself. */
    public boolean readsOnThisThread() {
        return transport.readsOnThisThread();
    }

    /** Before a handler of this client blocks: sends what is corked and lets another thread go on reading. */
    public void handOnReading() {
        flushElsewhere();
        transport.handOnReading();
    }

    /** Handles one packet of the client, on a thread that reads for it. */
    void received(EnginePacket packet) {
        if (state.get() == State.CLOSED) {
            return;
        }
        switch (packet) {
            case EnginePacket.Text text -> message(to -> to.text(text.payload()));
            case EnginePacket.Binary binary -> message(to -> to.binary(binary.payload()));
            case EnginePacket.Pong ignored -> heartbeat.pong();
            case EnginePacket.Close ignored -> close(DisconnectReason.TRANSPORT_CLOSE);
            case EnginePacket.Noop ignored -> {}
            case EnginePacket.Ping ignored -> close(DisconnectReason.PARSE_ERROR); // only servers ping
            case EnginePacket.Upgrade ignored -> close(DisconnectReason.PARSE_ERROR); // nothing was probed
        }
    }

    private void message(Consumer<EngineListener> delivery) {
        EngineListener receiver = listener;
        if (receiver != null && state.get() == State.OPEN) {
            delivery.accept(receiver);
        }
    }

    /** Goes on over {@code next} with everything that waits, in order. */
    void upgrade(PollingTransport polling, WebSocketTransport next) {
        polling.moveTo(next); // first: what is sent meanwhile is forwarded behind what waited
        transport = next;
        giveBackPermit(); // a WebSocket counts as a connection
        polling.release();
        next.outbox().flush();
        if (closed()) {
            next.abort(DisconnectReason.FORCED_CLOSE);
        }
    }

    /** Returns whether the session goes on: it has not ended, and is not about to. */
    public boolean open() {
        return state.get() == State.OPEN;
    }

    /** Returns why the session ended; null before. */
    public @Nullable DisconnectReason closeReason() {
        return closeReason.get();
    }

    /** Returns whether the session has ended. */
    public boolean closed() {
        return state.get() == State.CLOSED;
    }

    @Override
    public void close() {
        close(DisconnectReason.FORCED_CLOSE);
    }

    /** Ends the session at once: nothing that waits is sent. Does not block; only the first call does anything. */
    public void close(DisconnectReason reason) {
        DisconnectReason told = state.get() == State.FINISHING ? finishReason : reason;
        if (!closeReason.compareAndSet(null, told)) {
            return;
        }
        state.set(State.CLOSED);
        try {
            giveBackPermit();
            heartbeat.stop();
            finishTimer.cancel();
            onClose.accept(this);
            if (reason == DisconnectReason.SERVER_SHUTTING_DOWN) {
                transport.goAway();
            } else {
                transport.abort(reason);
            }
        } finally {
            tellEnd();
        }
    }

    /** The server stops: the session ends as soon as what has come from its client is handled. Does not block. */
    void drain() {
        EngineListener told = listener;
        if (told == null) {
            drained();
        } else {
            told.drain();
        }
    }

    /** What had come is handled: ends the session because the server stops. Answers that nobody has fetched may be yet. */
    public void drained() {
        if (transport.hasUnfetched()) {
            finishReason = DisconnectReason.SERVER_SHUTTING_DOWN;
            finish(FETCH_TIMEOUT);
        } else {
            close(DisconnectReason.SERVER_SHUTTING_DOWN);
        }
    }

    /** Ends the session after everything that waits has been sent. Does not block. */
    public void finish() {
        finish(FINISH_TIMEOUT);
    }

    private void finish(Duration limit) {
        if (state.compareAndSet(State.OPEN, State.FINISHING)) {
            finishTimer = runtime.clock().schedule(limit, this::close);
            if (closed()) {
                finishTimer.cancel();
            }
            transport.finish();
        }
    }
}
