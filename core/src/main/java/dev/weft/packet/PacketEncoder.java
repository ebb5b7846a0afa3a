package dev.weft.packet;

import dev.weft.Message;
import dev.weft.bytes.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Packet to messages: one text, then each attachment (Socket.IO v5, "Packet encoding"). Pure; the messages of one packet
 * must reach the peer in a row.
 */
public final class PacketEncoder {
    private static final long NO_ID = -1;

    private PacketEncoder() {}

    /** Returns the messages of {@code packet}, to be sent in a row. */
    public static List<Message> encode(Packet packet) {
        return encode("", packet);
    }

    /** Returns the messages of {@code packet}, to be sent in a row; {@code lead} stands before the text, which is built once. */
    public static List<Message> encode(String lead, Packet packet) {
        return switch (packet) {
            case Packet.Connect p -> text(lead, PacketType.CONNECT, p, NO_ID, p.payload());
            case Packet.ConnectError p -> text(lead, PacketType.CONNECT_ERROR, p, NO_ID, p.payload());
            case Packet.Disconnect p -> text(lead, PacketType.DISCONNECT, p, NO_ID, null);
            case Packet.Event p when p.attachments().isEmpty() -> text(lead, PacketType.EVENT, p, p.ackId(), p.json());
            case Packet.Event p -> binary(lead, PacketType.BINARY_EVENT, p, p.ackId(), p.json(), p.attachments());
            case Packet.Ack p when p.attachments().isEmpty() -> text(lead, PacketType.ACK, p, p.id(), p.json());
            case Packet.Ack p -> binary(lead, PacketType.BINARY_ACK, p, p.id(), p.json(), p.attachments());
        };
    }

    private static List<Message> text(String lead, PacketType type, Packet packet, long id, @Nullable Bytes json) {
        return List.of(head(lead, type, "", packet.namespace(), id, json));
    }

    private static List<Message> binary(
            String lead, PacketType type, Packet packet, long id, Bytes json, List<Bytes> attachments) {
        List<Message> messages = new ArrayList<>(attachments.size() + 1);
        messages.add(head(lead, type, attachments.size() + "-", packet.namespace(), id, json));
        for (Bytes attachment : attachments) {
            messages.add(new Message.Binary(attachment));
        }
        return List.copyOf(messages);
    }

    private static Message.Text head(
            String lead, PacketType type, String attachments, String namespace, long id, @Nullable Bytes json) {
        StringBuilder head =
                new StringBuilder(24).append(lead).append(type.digit()).append(attachments);
        if (!namespace.equals(Packet.DEFAULT_NAMESPACE)) {
            head.append(namespace).append(',');
        }
        if (id >= 0) {
            head.append(id);
        }
        byte[] start = head.toString().getBytes(StandardCharsets.UTF_8);
        if (json == null) {
            return new Message.Text(Bytes.wrap(start));
        }
        byte[] all = Arrays.copyOf(start, Math.addExact(start.length, json.size()));
        json.copyTo(all, start.length);
        return new Message.Text(Bytes.wrap(all));
    }
}
