package dev.weft.engine;

import dev.weft.CloseCode;
import dev.weft.Message;
import dev.weft.bytes.Bytes;
import dev.weft.ws.Framed;
import dev.weft.ws.Frames;
import dev.weft.ws.PeerDeflation;
import dev.weft.ws.SharedFrames;
import java.util.ArrayList;
import java.util.List;

/**
 * What one or many clients are to get: one or several Engine.IO packets that belong together. Immutable; its wire forms
 * are made when first needed and shared by all recipients.
 */
public final class OutPacket implements Framed {
    /** What every text of the application begins with in Engine.IO. */
    public static final String LEAD = "4";

    static final OutPacket PING = control("2");
    static final OutPacket NOOP = control("6");
    static final OutPacket CLOSE =
            new OutPacket(List.of(Message.text("1")), Framed.of(Frames.close(CloseCode.NORMAL, "")));

    private final List<Message> parts;
    private final Framed framed;

    private OutPacket(List<Message> parts, Framed framed) {
        this.parts = parts;
        this.framed = framed;
    }

    /** Returns a packet that carries {@code messages}, which nothing else comes between; they may be compressed. */
    public static OutPacket of(List<Message> messages) {
        return of(messages, true);
    }

    /**
     * Returns a packet that carries {@code messages}, which nothing else comes between.
     *
     * @param compress whether they may be compressed
     */
    public static OutPacket of(List<Message> messages, boolean compress) {
        List<Message> parts = new ArrayList<>(messages.size());
        for (Message message : messages) {
            parts.add(
                    message instanceof Message.Text text
                            ? new Message.Text(prefixed(LEAD.charAt(0), text.utf8()))
                            : message);
        }
        return led(parts, compress);
    }

    /** Returns a packet of {@code messages} whose texts begin with {@link #LEAD}: a large one need not be copied for it. */
    public static OutPacket led(List<Message> messages, boolean compress) {
        return new OutPacket(messages, new SharedFrames(messages, compress));
    }

    /** Returns a packet that carries {@code message}. */
    public static OutPacket of(Message message) {
        return of(List.of(message));
    }

    static OutPacket open(Bytes json) {
        return single(new Message.Text(prefixed('0', json)));
    }

    private static OutPacket control(String text) {
        return single(Message.text(text));
    }

    private static OutPacket single(Message message) {
        List<Message> parts = List.of(message);
        return new OutPacket(parts, new SharedFrames(parts, false));
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
        return framed.size();
    }

    @Override
    public Bytes frames() {
        return framed.frames();
    }

    @Override
    public Bytes frames(PeerDeflation deflation) {
        return framed.frames(deflation);
    }
}
