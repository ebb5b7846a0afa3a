package dev.weft.socket;

import dev.weft.Arguments;
import dev.weft.Broadcast;
import dev.weft.Connection;
import dev.weft.DisconnectReason;
import dev.weft.Emitter;
import dev.weft.Handshake;
import dev.weft.Namespace;
import dev.weft.Socket;
import dev.weft.WeftException;
import dev.weft.engine.OutPacket;
import dev.weft.net.Delivery;
import dev.weft.net.Offered;
import dev.weft.packet.Packet;
import dev.weft.packet.PacketEncoder;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One client in one namespace, from its CONNECT packet on. */
final class ConnectedSocket implements Socket {
    private enum State {
        CONNECTING,
        CONNECTED,
        DISCONNECTED
    }

    private final String id;
    private final Client client;
    private final LocalNamespace space;
    private final Handshake handshake;
    private final PendingAcks acks;
    private final Claims claims;
    private final Listeners listeners = new Listeners();
    private final EventRunner runner;
    private final Map<String, Object> data = new ConcurrentHashMap<>(1);
    private final AtomicReference<State> state = new AtomicReference<>(State.CONNECTING);

    private final ReentrantLock entrance = new ReentrantLock();
    private volatile boolean entered;

    /** What the authorizer made of the client; set before the socket is connected. */
    private volatile @Nullable Object principal;

    /** The rooms at the end; null until then. */
    private volatile @Nullable Set<String> lastRooms;

    /** Whether the client has said that it leaves; it may end the session before that is handled. */
    private volatile boolean leaving;

    ConnectedSocket(String id, Client client, LocalNamespace space, Handshake handshake) {
        this.id = id;
        this.client = client;
        this.space = space;
        this.handshake = handshake;
        acks = space.hub().newPendingAcks();
        claims = new Claims(space.hub().options().maxPendingAcks());
        runner = new EventRunner(this, space, listeners);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Namespace namespace() {
        return space;
    }

    LocalNamespace space() {
        return space;
    }

    Hub hub() {
        return space.hub();
    }

    PendingAcks acks() {
        return acks;
    }

    Claims claims() {
        return claims;
    }

    /** The calling handler is {@code what}, in its text. */
    void runs(Object what) {
        client.inbox().runs(what);
    }

    EventRunner runner() {
        return runner;
    }

    @Override
    public Handshake handshake() {
        return handshake;
    }

    @Override
    public Connection connection() {
        return client.session();
    }

    @Override
    public boolean connected() {
        return state.get() == State.CONNECTED;
    }

    @Override
    public <P> P principal(Class<P> type) {
        Object value = principal;
        if (value == null) {
            throw new IllegalStateException(
                    "namespace " + space.name() + " has no authorizer, so there is no principal");
        }
        return type.cast(value);
    }

    void principal(@Nullable Object value) {
        principal = value;
    }

    @Override
    public Map<String, Object> data() {
        return data;
    }

    @Override
    public void join(String... rooms) {
        for (String room : rooms) {
            if (state.get() == State.DISCONNECTED) {
                return;
            }
            Set<String> joined = space.adapter().rooms(id);
            int limit = hub().options().maxRooms();
            if (joined.size() >= limit && !joined.contains(room)) {
                throw new WeftException(
                        "socket " + id + " is in " + limit + " rooms; leave some, or raise maxRoomsPerSocket");
            }
            space.adapter().join(id, room);
        }
        if (state.get() == State.DISCONNECTED) {
            space.adapter().leaveAll(id); // it ended meanwhile: nobody else would clean up
        }
    }

    @Override
    public void leave(String room) {
        space.adapter().leave(id, room);
    }

    @Override
    public Set<String> rooms() {
        Set<String> last = lastRooms;
        return last == null ? space.adapter().rooms(id) : last;
    }

    @Override
    public Broadcast to(String... rooms) {
        return broadcast().to(rooms);
    }

    @Override
    public Broadcast except(String... rooms) {
        return broadcast().except(rooms);
    }

    @Override
    public Broadcast broadcast() {
        return space.broadcast().except(id);
    }

    @Override
    public Emitter timeout(Duration deadline) {
        return emitter().timeout(deadline);
    }

    @Override
    public Emitter asVolatile() {
        return emitter().asVolatile();
    }

    @Override
    public Emitter compress(boolean compress) {
        return emitter().compress(compress);
    }

    @Override
    public Emitter latest(String key) {
        return emitter().latest(key);
    }

    @Override
    public void emit(String event, @Nullable Object... args) {
        emitter().emit(event, args);
    }

    @Override
    public Arguments emitWithAck(String event, @Nullable Object... args) {
        return emitter().emitWithAck(event, args);
    }

    @Override
    public CompletableFuture<Arguments> emitAsync(String event, @Nullable Object... args) {
        return emitter().emitAsync(event, args);
    }

    private SocketEmitter emitter() {
        return new SocketEmitter(this, hub().options().ackTimeout(), false, null, true);
    }

    /** Sends {@code packet}; if the socket is entering its namespace right now, after the answer to its client. */
    Offered send(OutPacket packet, Delivery how) {
        Offered offered = trySend(packet, how);
        return offered == Offered.FULL ? client.session().send(packet, how) : offered;
    }

    /** Sends {@code packet} as {@link #send} does, but waits for no room. */
    Offered trySend(OutPacket packet, Delivery how) {
        if (entered) {
            return client.session().trySend(packet, how);
        }
        entrance.lock();
        try {
            return client.session().trySend(packet, how);
        } finally {
            entrance.unlock();
        }
    }

    /** Sends {@code packet} if nothing else waits. */
    void sendVolatile(OutPacket packet) {
        if (entered) {
            client.session().sendVolatile(packet);
            return;
        }
        entrance.lock();
        try {
            client.session().sendVolatile(packet);
        } finally {
            entrance.unlock();
        }
    }

    /** Counts a packet that was refused and is given up. */
    void countDropped() {
        client.session().countDropped();
    }

    /** Sends an acknowledgement, unless the socket is gone. */
    void reply(OutPacket packet) {
        if (connected()) {
            client.session().send(packet, Delivery.CONTROL);
        }
    }

    void failed(IncomingEvent event, Throwable failure) {
        runner.failed(event, failure);
    }

    @Override
    public void disconnect() {
        if (connected()) {
            OutPacket farewell = OutPacket.of(PacketEncoder.encode(new Packet.Disconnect(space.name())));
            client.session().send(farewell, Delivery.CONTROL);
        }
        end(DisconnectReason.SERVER_NAMESPACE_DISCONNECT);
    }

    @Override
    public void disconnectAll() {
        client.disconnectAll();
    }

    @Override
    public void on(String event, EventListener listener) {
        listeners.on(event, listener);
    }

    @Override
    public <T> void on(String event, Class<T> type, ValueListener<? super T> listener) {
        listeners.on(event, e -> listener.handle(e.arguments().get(0, type)));
    }

    @Override
    public <T> void answer(String event, Class<T> type, ValueFunction<? super T, ?> function) {
        listeners.on(event, e -> e.reply(function.apply(e.arguments().get(0, type))));
    }

    @Override
    public void off(String event) {
        listeners.off(event);
    }

    @Override
    public void onAny(EventListener listener) {
        listeners.onAny(listener);
    }

    @Override
    public void onDisconnect(DisconnectListener listener) {
        listeners.onDisconnect(listener);
    }

    /** Returns whether the socket has ended, be it before it entered the namespace. */
    boolean ended() {
        return state.get() == State.DISCONNECTED;
    }

    /**
     * Enters the namespace and answers the client, as one step for everybody else: no event overtakes the answer, and none
     * that is sent after the answer misses the socket. Returns false if the socket has ended before.
     */
    boolean enter(OutPacket answer) {
        entrance.lock();
        try {
            space.add(this);
            if (!state.compareAndSet(State.CONNECTING, State.CONNECTED)) {
                space.remove(this);
                return false;
            }
            // It never blocks. If somebody has ended the socket meanwhile, onDisconnect is due: then onConnect comes
            // first.
            if (!client.session().sendUrgent(answer) && state.compareAndSet(State.CONNECTED, State.DISCONNECTED)) {
                space.remove(this);
                acks.close();
                return false;
            }
            entered = true;
            return true;
        } finally {
            entrance.unlock();
        }
    }

    /** The client's DISCONNECT has come, and waits behind its events; a handler that waits for an answer learns of it now. */
    void leaves() {
        leaving = true;
        acks.close();
    }

    /** Leaves everything at once; the handlers learn of it after the one that runs now. Only the first call counts. */
    void end(DisconnectReason reason) {
        State before = state.getAndSet(State.DISCONNECTED);
        if (before == State.DISCONNECTED) {
            return;
        }
        DisconnectReason told = leaving ? DisconnectReason.CLIENT_NAMESPACE_DISCONNECT : reason;
        lastRooms = space.adapter().rooms(id);
        client.forget(this);
        space.remove(this);
        acks.close();
        claims.close();
        if (before == State.CONNECTED) {
            client.inbox().deliverLater(() -> runner.disconnected(told));
        }
    }
}
