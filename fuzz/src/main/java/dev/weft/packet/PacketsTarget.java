package dev.weft.packet;

import dev.weft.Message;
import dev.weft.bytes.Bytes;
import dev.weft.fuzz.Expect;
import dev.weft.fuzz.Recipe;
import dev.weft.json.BadValueException;
import dev.weft.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Socket.IO packets. An even first byte stands before the bytes of one text packet, which gets the attachments it asks
 * for; an odd one before a recipe for a conversation.
 */
public final class PacketsTarget {
    private static final JsonMapper JSON = JsonMapper.standard();
    private static final PacketDecoder.Limits LIMITS = new PacketDecoder.Limits(4, 900, 40, 40);
    private static final PacketDecoder.Limits LOOSE = new PacketDecoder.Limits(4, 4000, 100, 100);

    private PacketsTarget() {}

    /** Takes an input. */
    public static void fuzzerTestOneInput(byte[] input) {
        Recipe recipe = new Recipe(input);
        boolean plain = recipe.next() % 2 == 0;
        List<Message> messages = plain ? packet(recipe.rest()) : NearPackets.make(recipe);
        PacketDecoder decoder = new PacketDecoder(JSON, LIMITS);
        int bytes = 0;
        try {
            for (Message message : messages) {
                if (plain && message instanceof Message.Binary && !decoder.awaitsAttachments()) {
                    return;
                }
                boolean awaited = decoder.awaitsAttachments();
                Packet packet = take(decoder, message);
                bytes = (awaited ? bytes : 0) + message.bytes().size();
                Expect.that(bytes <= LIMITS.bytes(), "the limit of bytes holds");
                Expect.same("either a packet or a wait", packet == null, decoder.awaitsAttachments());
                if (packet != null) {
                    accepted(packet);
                }
            }
        } catch (PacketException e) {
            Expect.that(!String.valueOf(e.getMessage()).isEmpty(), "a failure says what was expected");
        }
    }

    private static List<Message> packet(byte[] text) {
        List<Message> messages = new ArrayList<>();
        messages.add(new Message.Text(Bytes.wrap(text)));
        for (int i = 0; i < LIMITS.attachments(); i++) {
            messages.add(Message.binary(new byte[] {(byte) i}));
        }
        return messages;
    }

    private static @Nullable Packet take(PacketDecoder decoder, Message message) {
        return switch (message) {
            case Message.Text text -> decoder.text(text.utf8());
            case Message.Binary binary -> decoder.binary(binary.bytes());
        };
    }

    private static void accepted(Packet packet) {
        Expect.that(packet.namespace().startsWith("/"), "a namespace starts with a slash");
        Expect.that(
                packet.namespace().indexOf(',') < 0 && packet.namespace().indexOf('?') < 0, "a namespace is a name");
        switch (packet) {
            case Packet.Event event -> {
                Expect.that(event.attachments().size() <= LIMITS.attachments(), "the limit of attachments holds");
                Expect.that(!Packet.Event.isReserved(event.name()), "no reserved name");
                Object first = PayloadArguments.of(JSON, event.json(), event.attachments(), 0)
                        .get(0);
                if (first instanceof String name) {
                    Expect.same("the name as a JSON parser reads it", name, event.name());
                } else {
                    Expect.that(first instanceof Number, "a name is a string or a number");
                }
                List<@Nullable Object> read = arguments(event.arguments(JSON));
                Expect.that(
                        read.isEmpty() || read.size() == event.arguments(JSON).size(), "as many as counted");
            }
            case Packet.Ack ack -> arguments(ack.arguments(JSON));
            case Packet.Connect connect -> {
                Bytes payload = connect.payload();
                if (payload != null) {
                    arguments(PayloadArguments.single(JSON, payload));
                }
            }
            default -> Expect.that(packet instanceof Packet.Disconnect, "no packet of servers");
        }
        if (!packet.namespace().contains("\ufffd")) {
            encodedAgain(packet);
        }
    }

    /** Reads what JSON allows and Java has a value for. */
    private static List<@Nullable Object> arguments(PayloadArguments arguments) {
        try {
            return arguments.toList();
        } catch (BadValueException tooLargeForJava) {
            return List.of();
        }
    }

    private static void encodedAgain(Packet packet) {
        PacketDecoder decoder = new PacketDecoder(JSON, LOOSE);
        Packet last = null;
        for (Message message : PacketEncoder.encode(packet)) {
            Expect.same("one packet", null, last);
            last = take(decoder, message);
        }
        Expect.same("encoded again", packet, last);
    }
}
