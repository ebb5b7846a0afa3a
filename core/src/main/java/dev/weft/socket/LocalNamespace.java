package dev.weft.socket;

import dev.weft.Arguments;
import dev.weft.Broadcast;
import dev.weft.Namespace;
import dev.weft.OverflowPolicy;
import dev.weft.Socket;
import dev.weft.WeftException;
import dev.weft.adapter.Adapter;
import dev.weft.adapter.EventPacket;
import dev.weft.adapter.Recipients;
import dev.weft.dispatch.EndpointDispatcher;
import dev.weft.engine.OutPacket;
import dev.weft.net.Delivery;
import dev.weft.net.Offered;
import dev.weft.packet.Packet;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One namespace on this node. */
public final class LocalNamespace implements Namespace, Adapter.LocalSockets {
    private final String name;
    private final Hub hub;
    private final Adapter adapter;
    private final Map<String, ConnectedSocket> sockets = new ConcurrentHashMap<>();
    private final List<Middleware> middlewares = new CopyOnWriteArrayList<>();
    private final List<ConnectListener> connectListeners = new CopyOnWriteArrayList<>();
    private final AtomicLong ackIds = new AtomicLong();
    private volatile @Nullable EndpointDispatcher dispatcher;
    private volatile Delivery delivery;
    private volatile Delivery copies;

    LocalNamespace(String name, Hub hub, Adapter.Factory adapters) {
        this.name = name;
        this.hub = hub;
        delivery = hub.options().outbox().usual();
        copies = delivery.copy();
        adapter = adapters.create(name, this);
    }

    void handleWith(EndpointDispatcher newDispatcher, Class<?> handler) {
        if (dispatcher != null) {
            throw new WeftException("namespace " + name + " has two handler classes, the second one is "
                    + handler.getName() + "; put their methods into one class or give one another namespace");
        }
        dispatcher = newDispatcher;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Collection<Socket> sockets() {
        return Collections.unmodifiableCollection(sockets.values());
    }

    @Override
    public @Nullable Socket socket(String id) {
        return sockets.get(id);
    }

    @Override
    public Namespace onConnect(ConnectListener listener) {
        connectListeners.add(listener);
        return this;
    }

    @Override
    public Namespace use(Middleware middleware) {
        middlewares.add(middleware);
        return this;
    }

    @Override
    public Broadcast broadcast() {
        return new RoomBroadcast(this, Recipients.ALL, hub.options().ackTimeout(), true);
    }

    @Override
    public Iterable<String> ids() {
        return sockets.keySet();
    }

    @Override
    public EventPacket packet(String event, List<? extends @Nullable Object> args) {
        return new SharedPacket(name, Packet.Event.NO_ACK, event, args.toArray());
    }

    @Override
    public void deliver(String socketId, EventPacket packet, Recipients recipients) {
        ConnectedSocket socket = sockets.get(socketId);
        if (socket == null) {
            return;
        }
        OutPacket encoded = SharedPacket.encoded(name, packet);
        if (recipients.isVolatile()) {
            socket.sendVolatile(encoded);
        } else if (socket.trySend(encoded, copy(recipients)) == Offered.FULL) {
            full(socket, packet);
        }
    }

    /** The emitting thread comes back to it when all others are served; nobody else has the time. */
    private static void full(ConnectedSocket socket, EventPacket packet) {
        if (!(packet instanceof SharedPacket shared && shared.defer(socket))) {
            socket.countDropped();
        }
    }

    /** Waits for room at those whose queue was full, at most {@code blockTimeout} for all together. */
    void deliverDeferred(SharedPacket packet, Recipients recipients) {
        long end = System.nanoTime() + delivery.waitNanos();
        for (ConnectedSocket socket : packet.deferred()) {
            long left = Math.max(0, end - System.nanoTime());
            socket.send(packet.encoded(), copy(recipients).waiting(left));
        }
    }

    private Delivery copy(Recipients recipients) {
        String key = recipients.latest();
        return key == null ? copies : delivery.latest(new LatestKey(name, key));
    }

    /** Returns how an event for one socket is queued. */
    Delivery delivery() {
        return delivery;
    }

    @Override
    public Namespace overflow(OverflowPolicy policy) {
        delivery = hub.options().outbox().delivery(policy);
        copies = delivery.copy();
        return this;
    }

    @Override
    public void ask(String socketId, EventPacket packet, Duration deadline, Adapter.Acks acks) {
        ConnectedSocket socket = sockets.get(socketId);
        if (socket == null) {
            return;
        }
        SharedPacket shared = packet instanceof SharedPacket own
                ? own
                : new SharedPacket(
                        name,
                        nextAckId(),
                        packet.compress(),
                        packet.event(),
                        packet.args().toArray());
        OutPacket encoded = shared.encoded();
        acks.asked(socketId);
        var unused = socket.acks()
                .expect(shared.ackId(), deadline)
                .whenComplete((answer, failure) -> report(socketId, answer, acks));
        socket.trySend(encoded, Delivery.CONTROL_COPY);
    }

    private static void report(String socketId, @Nullable Arguments answer, Adapter.Acks acks) {
        if (answer == null) {
            acks.lost(socketId);
        } else {
            acks.answered(socketId, answer);
        }
    }

    long nextAckId() {
        return ackIds.getAndIncrement();
    }

    Hub hub() {
        return hub;
    }

    Adapter adapter() {
        return adapter;
    }

    @Nullable
    EndpointDispatcher dispatcher() {
        return dispatcher;
    }

    List<Middleware> middlewares() {
        return middlewares;
    }

    List<ConnectListener> connectListeners() {
        return connectListeners;
    }

    void add(ConnectedSocket socket) {
        sockets.put(socket.id(), socket);
        adapter.join(socket.id(), socket.id());
    }

    void remove(ConnectedSocket socket) {
        sockets.remove(socket.id());
        adapter.leaveAll(socket.id());
    }

    void close() {
        adapter.close();
    }
}
