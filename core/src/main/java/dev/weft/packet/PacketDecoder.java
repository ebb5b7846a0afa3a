package dev.weft.packet;

import dev.weft.bytes.Bytes;
import dev.weft.json.JsonMapper;
import dev.weft.json.MalformedJsonException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Messages of one client to packets (Socket.IO v5, "Packet encoding"). Strict: what the protocol does not allow is a
 * {@link PacketException}, after which the decoder is not used any more. Pure; belongs to one session, not thread-safe.
 */
public final class PacketDecoder {
    private final JsonMapper mapper;
    private final Limits limits;

    /** The packet whose attachments are outstanding, or null. */
    private @Nullable Packet pending;

    private int outstanding;
    private int size;
    private final List<Bytes> attachments = new ArrayList<>();

    /**
     * What a client may send.
     *
     * @param attachments the most attachments of one packet
     * @param bytes the most bytes of one packet with its attachments
     * @param namespace the most bytes of the name of a namespace, its query included
     * @param name the most bytes of the name of an event, as JSON
     */
    public record Limits(int attachments, int bytes, int namespace, int name) {
        /** Returns 10 attachments, 1,000,000 bytes and names of 256 bytes. */
        public static Limits defaults() {
            return new Limits(10, 1_000_000, 256, 256);
        }
    }

    /** Creates a decoder for one session. */
    public PacketDecoder(JsonMapper mapper, Limits limits) {
        this.mapper = mapper;
        this.limits = limits;
    }

    /** Returns whether a packet waits for attachments; the caller sets it a deadline. */
    public boolean awaitsAttachments() {
        return pending != null;
    }

    /**
     * Takes a text message.
     *
     * @return the packet, or null if its attachments are outstanding
     * @throws PacketException if it breaks the protocol or a limit
     */
    public @Nullable Packet text(Bytes message) {
        if (pending != null) {
            throw new PacketException("expected " + outstanding + " more attachments but was text");
        }
        if (message.size() > limits.bytes()) {
            throw tooLarge();
        }
        PacketHeader header = PacketHeader.read(message, limits);
        if (header.attachments() > 0) {
            pending = packet(header);
            outstanding = header.attachments();
            size = message.size();
            return null;
        }
        return packet(header);
    }

    /**
     * Takes a binary message.
     *
     * @return the packet, or null if more attachments are outstanding
     * @throws PacketException if no attachment is expected or the packet gets too large
     */
    public @Nullable Packet binary(Bytes message) {
        Packet packet = pending;
        if (packet == null) {
            throw new PacketException("expected text but was an attachment of no packet");
        }
        if (message.size() > limits.bytes() - size) {
            throw tooLarge();
        }
        size += message.size();
        attachments.add(message);
        outstanding--;
        return outstanding > 0 ? null : complete(packet);
    }

    private Packet complete(Packet packet) {
        List<Bytes> all = List.copyOf(attachments);
        pending = null;
        attachments.clear();
        return switch (packet) {
            case Packet.Event p -> new Packet.Event(p.namespace(), p.ackId(), p.name(), p.json(), all);
            case Packet.Ack p -> new Packet.Ack(p.namespace(), p.id(), p.json(), all);
            case Packet.Connect p -> p;
            case Packet.ConnectError p -> p;
            case Packet.Disconnect p -> p;
        };
    }

    private PacketException tooLarge() {
        return PacketException.tooLarge("expected at most " + limits.bytes() + " bytes in one packet");
    }

    private Packet packet(PacketHeader header) {
        return switch (header.type()) {
            case CONNECT -> connect(header);
            case DISCONNECT -> disconnect(header);
            case EVENT, BINARY_EVENT -> event(header);
            case ACK, BINARY_ACK -> ack(header);
            case CONNECT_ERROR -> throw new PacketException("CONNECT_ERROR is for servers only");
        };
    }

    private Packet connect(PacketHeader header) {
        noId(header);
        Bytes payload = header.payload();
        if (payload.isEmpty()) {
            return new Packet.Connect(header.namespace(), null);
        }
        check(header, '{', "an object");
        return new Packet.Connect(header.namespace(), payload);
    }

    private static Packet disconnect(PacketHeader header) {
        noId(header);
        if (!header.payload().isEmpty()) {
            throw new PacketException("expected no payload in a DISCONNECT packet");
        }
        return new Packet.Disconnect(header.namespace());
    }

    private static void noId(PacketHeader header) {
        if (header.id() >= 0) {
            throw new PacketException("expected an acknowledgement id only in events and acknowledgements");
        }
    }

    private Packet event(PacketHeader header) {
        check(header, '[', "an array");
        String name = name(header.payload());
        if (Packet.Event.isReserved(name)) {
            throw new PacketException("expected an event name but was reserved name " + name);
        }
        return new Packet.Event(header.namespace(), header.id(), name, header.payload(), List.of());
    }

    private Packet ack(PacketHeader header) {
        if (header.id() < 0) {
            throw new PacketException("expected an id in an acknowledgement");
        }
        check(header, '[', "an array");
        return new Packet.Ack(header.namespace(), header.id(), header.payload(), List.of());
    }

    private void check(PacketHeader header, char first, String expected) {
        Bytes payload = header.payload();
        int at = space(payload, 0);
        if (at == payload.size() || payload.at(at) != first) {
            throw new PacketException("expected " + expected + " as payload");
        }
        try {
            mapper.check(payload, header.attachments());
        } catch (MalformedJsonException e) {
            throw new PacketException("in the payload: " + e.getMessage());
        }
    }

    /** Returns the first element of the checked array {@code json}: a string, or a number in its own digits. */
    private String name(Bytes json) {
        int from = space(json, space(json, 0) + 1);
        byte first = json.at(from);
        if (first == '"') {
            return string(json, from);
        }
        if (first != '-' && (first < '0' || first > '9')) {
            throw new PacketException("expected an event name as first element");
        }
        int to = from;
        while ("+-.0123456789Ee".indexOf(json.at(to)) >= 0) {
            to++;
        }
        return named(json.slice(from, to)).utf8();
    }

    private String string(Bytes json, int from) {
        boolean escaped = false;
        int to = from + 1;
        while (json.at(to) != '"') {
            boolean escape = json.at(to) == '\\';
            escaped |= escape;
            to += escape ? 2 : 1;
        }
        Bytes name = named(json.slice(from + 1, to));
        return escaped ? mapper.reader(json.slice(from, to + 1), List.of()).readString() : name.utf8();
    }

    private Bytes named(Bytes name) {
        if (name.size() > limits.name()) {
            throw new PacketException(
                    "expected an event name of at most " + limits.name() + " bytes but it has " + name.size());
        }
        return name;
    }

    private static int space(Bytes json, int from) {
        int at = from;
        while (at < json.size()
                && (json.at(at) == ' ' || json.at(at) == '\t' || json.at(at) == '\n' || json.at(at) == '\r')) {
            at++;
        }
        return at;
    }
}
