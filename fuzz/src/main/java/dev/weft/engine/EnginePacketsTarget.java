package dev.weft.engine;

import dev.weft.Message;
import dev.weft.bytes.Bytes;
import dev.weft.fuzz.Expect;
import dev.weft.fuzz.Recipe;
import java.util.ArrayList;
import java.util.List;

/** Engine.IO packets. The first byte chooses: a polling payload as it is, one that a recipe makes, or a message. */
public final class EnginePacketsTarget {
    private static final byte SEPARATOR = 0x1e;

    private EnginePacketsTarget() {}

    /** Takes an input. */
    public static void fuzzerTestOneInput(byte[] input) {
        Recipe recipe = new Recipe(input);
        switch (recipe.below(4)) {
            case 0 -> payload(Bytes.wrap(recipe.rest()));
            case 1 -> message(new Message.Text(Bytes.wrap(recipe.rest())));
            case 2 -> message(new Message.Binary(Bytes.wrap(recipe.rest())));
            default -> roundTrip(recipe);
        }
    }

    private static void message(Message message) {
        try {
            EnginePacket packet = EngineCodec.decode(message);
            int most = message instanceof Message.Text
                    ? message.bytes().size() - 1
                    : message.bytes().size();
            Expect.that(size(packet) <= most, "a packet is no longer than its message");
        } catch (EngineException e) {
            Expect.that(message instanceof Message.Text, "every binary message is a packet");
        }
    }

    private static void payload(Bytes body) {
        try {
            List<EnginePacket> packets = PollingPayload.decode(body);
            int separators = 0;
            for (byte b : body.toByteArray()) {
                separators += b == SEPARATOR ? 1 : 0;
            }
            Expect.same("packets", separators + 1, packets.size());
            int total = packets.stream().mapToInt(EnginePacketsTarget::size).sum();
            Expect.that(total <= body.size(), "packets are no longer than their payload");
        } catch (EngineException e) {
            Expect.that(!String.valueOf(e.getMessage()).isEmpty(), "a failure says what was expected");
        }
    }

    private static int size(EnginePacket packet) {
        return switch (packet) {
            case EnginePacket.Text text -> text.payload().size();
            case EnginePacket.Binary binary -> binary.payload().size();
            case EnginePacket.Ping ping -> ping.payload().size();
            default -> 0;
        };
    }

    /** What the server writes into a payload, it reads as the same messages. */
    private static void roundTrip(Recipe recipe) {
        List<Message> messages = new ArrayList<>();
        do {
            if (recipe.chance(2)) {
                messages.add(new Message.Binary(Bytes.wrap(recipe.bytes(90))));
            } else {
                messages.add(Message.text(recipe.text(90).replace((char) SEPARATOR, ' ')));
            }
        } while (recipe.more());
        try {
            List<EnginePacket> packets = PollingPayload.decode(PollingPayload.encode(List.of(OutPacket.of(messages))));
            List<EnginePacket> expected = new ArrayList<>();
            for (Message message : messages) {
                expected.add(
                        message instanceof Message.Text
                                ? new EnginePacket.Text(message.bytes())
                                : new EnginePacket.Binary(message.bytes()));
            }
            Expect.same("messages", expected, packets);
        } catch (EngineException e) {
            throw new AssertionError(e);
        }
    }
}
