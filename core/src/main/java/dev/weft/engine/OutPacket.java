package dev.weft.engine;

import dev.weft.CloseCode;
import dev.weft.Message;
import dev.weft.bytes.Bytes;
import dev.weft.ws.Framed;
import dev.weft.ws.Frames;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one or many clients are to get: one or several Engine.IO packets that belong together. Immutable; its wire forms
 * are made when first needed and shared by all recipients.
 */
public final class OutPacket implements Framed {
    static final OutPacket PING = control("2");
    static final OutPacket NOOP = control("6");
    static final OutPacket CLOSE = new OutPacket(List.of(Message.text("1")), Frames.close(CloseCode.NORMAL, ""));

    private final List<Message> parts;
    private final int size;

    /** Made on first use; several threads may make it, all alike. */
    private volatile @Nullable Bytes frames;

    private OutPacket(List<Message> parts, @Nullable Bytes frames) {
        this.parts = parts;
        this.frames = frames;
        size = parts.stream().mapToInt(part -> part.bytes().size()).sum();
    }

    /** Returns a packet that carries {@code messages}, which nothing else comes between. */
    public static OutPacket of(List<Message> messages) {
        List<Message> parts = new ArrayList<>(messages.size());
        for (Message message : messages) {
            parts.add(message instanceof Message.Text text ? new Message.Text(prefixed('4', text.utf8())) : message);
        }
        return new OutPacket(parts, null);
    }

    /** Returns a packet that carries {@code message}. */
    public static OutPacket of(Message message) {
        return of(List.of(message));
    }

    static OutPacket open(Bytes json) {
        return new OutPacket(List.of(new Message.Text(prefixed('0', json))), null);
    }

    private static OutPacket control(String text) {
        return new OutPacket(List.of(Message.text(text)), null);
    }

    private static Bytes prefixed(char type, Bytes payload) {
        byte[] packet = new byte[payload.size() + 1];
        packet[0] = (byte) type;
        payload.copyTo(packet, 1);
        return Bytes.wrap(packet);
    }

    /** Returns the packets in the form they have in WebSocket messages. */
    List<Message> parts() {
        return parts;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Bytes frames() {
        Bytes made = frames;
        if (made == null) {
            made = Frames.of(parts);
            frames = made;
        }
        return made;
    }
}
