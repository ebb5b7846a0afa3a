package dev.weft.socket;

import dev.weft.adapter.EventPacket;
import dev.weft.engine.OutPacket;
import dev.weft.json.JsonMapper;
import dev.weft.packet.Packet;
import dev.weft.packet.PacketEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One event for many sockets: encoded at most once, when first delivered. */
final class SharedPacket implements EventPacket {
    private final String namespace;
    private final long ackId;
    private final String event;
    private final boolean compress;
    private final @Nullable Object[] args;
    private volatile @Nullable OutPacket encoded;

    /** The thread that sends the packet and may wait for those who have no room, or null; only that thread adds to them. */
    private volatile @Nullable Thread sender;

    private List<ConnectedSocket> deferred = List.of();

    /** Creates a packet; {@code ackId} is {@link Packet.Event#NO_ACK} unless answers are wanted. */
    SharedPacket(String namespace, long ackId, String event, @Nullable Object... args) {
        this(namespace, ackId, true, event, args);
    }

    /** Creates a packet that may be compressed or must not be. */
    SharedPacket(String namespace, long ackId, boolean compress, String event, @Nullable Object... args) {
        this.namespace = namespace;
        this.ackId = ackId;
        this.compress = compress;
        this.event = event;
        this.args = EventNames.values(args);
    }

    @Override
    public String event() {
        return event;
    }

    @Override
    public List<@Nullable Object> args() {
        return Collections.unmodifiableList(Arrays.<@Nullable Object>asList(args));
    }

    @Override
    public boolean compress() {
        return compress;
    }

    long ackId() {
        return ackId;
    }

    /** Lets the calling thread wait, when all others are served, for those who have no room. */
    SharedPacket deferring() {
        sender = Thread.currentThread();
        return this;
    }

    /** Notes a socket that has no room; returns false if nobody will come back to it. */
    boolean defer(ConnectedSocket socket) {
        if (!Thread.currentThread().equals(sender)) {
            return false;
        }
        deferred = deferred.isEmpty() ? new ArrayList<>() : deferred;
        deferred.add(socket);
        return true;
    }

    /** Ends the deferring; returns the sockets that had no room. */
    List<ConnectedSocket> deferred() {
        sender = null;
        return deferred;
    }

    OutPacket encoded() {
        OutPacket made = encoded;
        if (made == null) {
            Packet packet = Packet.Event.of(JsonMapper.standard(), namespace, ackId, event, args);
            made = OutPacket.led(PacketEncoder.encode(OutPacket.LEAD, packet), compress);
            encoded = made;
        }
        return made;
    }

    /** Returns the encoded form of a packet that may come from another node. */
    static OutPacket encoded(String namespace, EventPacket packet) {
        return packet instanceof SharedPacket shared
                ? shared.encoded()
                : new SharedPacket(
                                namespace,
                                Packet.Event.NO_ACK,
                                packet.compress(),
                                packet.event(),
                                packet.args().toArray())
                        .encoded();
    }
}
