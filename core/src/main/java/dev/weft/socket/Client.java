package dev.weft.socket;

import dev.weft.Arguments;
import dev.weft.DisconnectReason;
import dev.weft.Namespace.Middleware;
import dev.weft.Refused;
import dev.weft.bytes.Bytes;
import dev.weft.dispatch.EndpointDispatcher;
import dev.weft.engine.EngineListener;
import dev.weft.engine.EngineSession;
import dev.weft.engine.OutPacket;
import dev.weft.json.BadValueException;
import dev.weft.json.UnwritableValueException;
import dev.weft.net.Clock;
import dev.weft.net.Delivery;
import dev.weft.net.PeerFault;
import dev.weft.net.TimeLimit;
import dev.weft.packet.Packet;
import dev.weft.packet.PacketDecoder;
import dev.weft.packet.PacketEncoder;
import dev.weft.packet.PacketException;
import dev.weft.packet.PayloadArguments;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All sockets of one session: takes its messages apart and keeps their order. */
final class Client implements EngineListener {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int ID_BYTES = 18;

    private final EngineSession session;
    private final Hub hub;
    private final Inbox inbox;
    private final PacketDecoder decoder;
    private final Map<String, ConnectedSocket> sockets = new ConcurrentHashMap<>(1);
    private final Clock.Timer connectDeadline;

    /** Used by the reading thread, one after the other. */
    private boolean attachmentsAwaited;

    private volatile Clock.Timer attachmentDeadline = Clock.Timer.NONE;

    /** Namespaces that were left: what is still under way from them is no offence. */
    private final AtomicReference<Set<String>> left = new AtomicReference<>(Set.of());

    Client(EngineSession session, Hub hub) {
        this.session = session;
        this.hub = hub;
        SocketOptions options = hub.options();
        inbox = new Inbox(session, options.maxInboxBytes());
        decoder = new PacketDecoder(hub.json(), options.packets());
        connectDeadline = hub.carriers().deadline(options.connectTimeout(), this::connectTimedOut);
    }

    EngineSession session() {
        return session;
    }

    Inbox inbox() {
        return inbox;
    }

    @Override
    public void text(Bytes payload) {
        received(payload, decoder::text);
    }

    @Override
    public void binary(Bytes payload) {
        received(payload, decoder::binary);
    }

    private void received(Bytes payload, Function<Bytes, @Nullable Packet> decode) {
        try {
            Packet packet = decode.apply(payload);
            limitAttachments();
            received(packet, payload.size());
        } catch (PacketException e) {
            attachmentDeadline.cancel();
            hub.failures()
                    .peer(e.tooLarge() ? PeerFault.TOO_LARGE : PeerFault.BAD_MESSAGE, String.valueOf(e.getMessage()));
            session.close(e.tooLarge() ? DisconnectReason.PAYLOAD_TOO_LARGE : DisconnectReason.PARSE_ERROR);
        }
    }

    /** The attachments of one packet must come in time: what has come of them is kept meanwhile. */
    private void limitAttachments() {
        boolean awaited = decoder.awaitsAttachments();
        if (awaited && !attachmentsAwaited) {
            armAttachmentDeadline();
        } else if (!awaited && attachmentsAwaited) {
            attachmentDeadline.cancel();
        }
        attachmentsAwaited = awaited;
    }

    private void armAttachmentDeadline() {
        attachmentDeadline = hub.carriers().deadline(hub.options().attachmentTimeout(), this::attachmentsMissing);
        if (session.closed()) {
            attachmentDeadline.cancel();
        }
    }

    private void attachmentsMissing() {
        if (session.holdsUnread()) {
            armAttachmentDeadline(); // they may be here
        } else {
            session.close(DisconnectReason.PARSE_ERROR);
        }
    }

    /** Acknowledgements pass at once, since a handler may wait for them; everything else keeps its order. */
    private void received(@Nullable Packet packet, int size) throws PacketException {
        switch (packet) {
            case null -> {} // attachments are outstanding
            case Packet.Ack ack -> answer(ack);
            case Packet.Event event -> inbox.deliver(event.size(), () -> event(event));
            case Packet.Connect connect -> inbox.deliver(size, () -> connect(connect));
            case Packet.Disconnect disconnect -> leave(disconnect, size);
            case Packet.ConnectError ignored -> throw new PacketException("a client sends no CONNECT_ERROR");
        }
    }

    private void answer(Packet.Ack ack) {
        ConnectedSocket socket = sockets.get(ack.namespace());
        if (socket != null) {
            socket.acks().answer(ack.id(), ack.arguments(hub.json()));
        }
    }

    private void event(Packet.Event event) {
        ConnectedSocket socket = sockets.get(event.namespace());
        if (socket != null) {
            socket.runner().event(event);
        } else if (!left.get().contains(event.namespace())) {
            session.close(DisconnectReason.PARSE_ERROR); // an event for a namespace that was never joined
        }
    }

    private void leave(Packet.Disconnect packet, int size) {
        ConnectedSocket waited = sockets.get(packet.namespace());
        if (waited != null) {
            waited.leaves();
        }
        inbox.deliver(size, () -> leave(packet.namespace()));
    }

    /** Only now: the CONNECT may have waited in the inbox as well. */
    private void leave(String namespace) {
        ConnectedSocket socket = sockets.get(namespace);
        if (socket != null) {
            socket.end(DisconnectReason.CLIENT_NAMESPACE_DISCONNECT);
        } else if (!left.get().contains(namespace)) {
            session.close(DisconnectReason.PARSE_ERROR); // a namespace that was never joined
        }
    }

    private void connect(Packet.Connect packet) {
        if (!session.open()) {
            return; // it has been told to leave before this packet's turn came
        }
        LocalNamespace space = hub.find(packet.namespace());
        if (sockets.containsKey(packet.namespace())) {
            session.close(DisconnectReason.PARSE_ERROR); // Socket.IO v5: a namespace is joined once
        } else if (space == null) {
            refuse(packet.namespace(), "Invalid namespace", null);
        } else if (sockets.size() >= hub.options().maxNamespaces()) {
            refuse(packet.namespace(), "too many namespaces", null);
        } else {
            admit(space, packet);
        }
    }

    private void admit(LocalNamespace space, Packet.Connect packet) {
        Arguments auth = auth(packet.payload());
        ConnectHandshake handshake = new ConnectHandshake(session.request(), auth, Instant.now());
        ConnectedSocket socket = new ConnectedSocket(newId(), this, space, handshake);
        boolean entered = false;
        inbox.runs("the authorization for namespace " + space.name());
        try {
            TimeLimit.call(hub.carriers(), hub.options().authTimeout(), () -> authorize(space, socket));
            entered = enter(socket);
        } catch (Throwable t) {
            refuse(space.name(), t);
        } finally {
            if (!entered) {
                socket.end(DisconnectReason.TRANSPORT_CLOSE); // it may have joined rooms already
            }
        }
        if (entered) {
            socket.runner().connected();
        }
    }

    private void refuse(String namespace, Throwable failure) {
        switch (failure) {
            case Refused refused -> refuse(namespace, String.valueOf(refused.getMessage()), refused.data());
            case BadValueException bad ->
                refuse(namespace, "bad auth: " + bad.rule(), List.of(Map.of("path", bad.path(), "rule", bad.rule())));
            case TimeoutException late -> {
                hub.failures().handler("authorization for namespace " + namespace, late);
                refuse(namespace, "authorization timed out", null);
            }
            default -> {
                hub.failures().handler("authorization for namespace " + namespace, failure);
                refuse(namespace, "authorization failed", null);
            }
        }
    }

    private Arguments auth(@Nullable Bytes payload) {
        return payload == null ? PayloadArguments.empty(hub.json()) : PayloadArguments.single(hub.json(), payload);
    }

    private static @Nullable Object authorize(LocalNamespace space, ConnectedSocket socket) throws Exception {
        EndpointDispatcher dispatcher = space.dispatcher();
        if (dispatcher != null) {
            socket.principal(dispatcher.authorize(socket.handshake()));
        }
        for (Middleware middleware : space.middlewares()) {
            middleware.check(socket);
        }
        return null;
    }

    private boolean enter(ConnectedSocket socket) {
        String namespace = socket.space().name();
        if (socket.ended()) {
            refuse(namespace, "disconnected", null); // by a middleware
            return false;
        }
        sockets.put(namespace, socket);
        connectDeadline.cancel();
        Packet.Connect answer = Packet.Connect.accepted(hub.json(), namespace, socket.id(), null);
        if (!socket.enter(OutPacket.of(PacketEncoder.encode(answer)))) {
            sockets.remove(namespace, socket);
            refuse(namespace, "disconnected", null);
            return false;
        }
        if (session.closed()) {
            DisconnectReason reason = session.closeReason(); // it closed before it could see this socket
            socket.end(reason == null ? DisconnectReason.TRANSPORT_CLOSE : reason);
        }
        return true;
    }

    private void refuse(String namespace, String message, @Nullable Object data) {
        try {
            send(Packet.ConnectError.of(hub.json(), namespace, message, data));
        } catch (UnwritableValueException e) {
            hub.failures().handler("the data of a refusal for namespace " + namespace, e);
            send(Packet.ConnectError.of(hub.json(), namespace, message, null));
        }
    }

    private void send(Packet packet) {
        session.send(OutPacket.of(PacketEncoder.encode(packet)), Delivery.CONTROL);
    }

    private void connectTimedOut() {
        if (sockets.isEmpty()) {
            session.close(DisconnectReason.FORCED_SERVER_CLOSE);
        }
    }

    /** Leaves all namespaces, tells the client, and closes the session after everything that waits. */
    void disconnectAll() {
        new ArrayList<>(sockets.values()).forEach(ConnectedSocket::disconnect);
        session.finish();
    }

    /** Behind everything that has been read: what was handled is acknowledged, and what is not read is not handled. */
    @Override
    public void drain() {
        inbox.deliverLater(session::drained);
    }

    @Override
    public void closed(DisconnectReason reason) {
        connectDeadline.cancel();
        attachmentDeadline.cancel();
        inbox.closed();
        for (ConnectedSocket socket : new ArrayList<>(sockets.values())) {
            end(socket, reason);
        }
    }

    private void end(ConnectedSocket socket, DisconnectReason reason) {
        try {
            socket.end(reason);
        } catch (Throwable t) {
            hub.failures().unexpected("the end of a socket", t); // an adapter that fails must not keep the others
        }
    }

    void forget(ConnectedSocket socket) {
        String name = socket.space().name();
        left.updateAndGet(names -> names.size() < hub.options().maxNamespaces() ? plus(names, name) : names);
        sockets.remove(name, socket);
    }

    private static Set<String> plus(Set<String> names, String name) {
        Set<String> more = new HashSet<>(names);
        more.add(name);
        return Set.copyOf(more);
    }

    private static String newId() {
        byte[] random = new byte[ID_BYTES];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }
}
