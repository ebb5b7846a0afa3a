package dev.weft.ws;

import dev.weft.Message;
import dev.weft.bytes.Bytes;
import dev.weft.fuzz.Expect;
import dev.weft.fuzz.Pieces;
import dev.weft.fuzz.Recipe;
import dev.weft.net.ByteInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Frames of a client. An even first byte stands before the bytes of a connection, an odd one before a recipe for frames.
 * What the reader makes of them is compared with a second decoder, which has all bytes at once.
 */
public final class FramesTarget {
    static final int MAX_MESSAGE = 300;
    static final int MAX_FRAGMENTS = 4;

    private FramesTarget() {}

    /** Takes an input. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        if (input.length == 0) {
            return;
        }
        Recipe recipe = new Recipe(input);
        byte[] wire = recipe.next() % 2 == 0 ? recipe.rest() : NearFrames.make(recipe);
        List<String> expected = new ReferenceDecoder(wire).all();
        Expect.same("frames in one piece", expected, read(Pieces.whole(wire)));
        Expect.same("frames in pieces", expected, read(Pieces.of(wire)));
    }

    private static List<String> read(Pieces wire) throws IOException {
        List<String> outcomes = new ArrayList<>();
        MessageReader reader = new MessageReader(new ByteInput(wire), MAX_MESSAGE, MAX_FRAGMENTS);
        try {
            while (true) {
                boolean ready = reader.readyWithoutBlocking();
                int before = wire.reads();
                Incoming next = reader.read();
                Expect.that(!ready || wire.reads() == before, "what is ready needs nothing more of the stream");
                if (next == null) {
                    outcomes.add("end");
                    return outcomes;
                }
                outcomes.add(describe(next));
                if (next instanceof Incoming.Close) {
                    return outcomes;
                }
            }
        } catch (WebSocketException e) {
            Expect.that(e.reason().getBytes(StandardCharsets.UTF_8).length <= 123, "a reason fits into a close frame");
            outcomes.add(String.valueOf(e.code().value()));
        }
        return outcomes;
    }

    private static String describe(Incoming next) {
        return switch (next) {
            case Incoming.Data data -> {
                again(data.message());
                yield (data.message() instanceof Message.Text ? "1 " : "2 ")
                        + data.message().bytes().base64();
            }
            case Incoming.Ping ping -> "9 " + ping.payload().base64();
            case Incoming.Pong pong -> "10 " + pong.payload().base64();
            case Incoming.Close close ->
                "8 " + close.code().value() + " " + Bytes.utf8(close.reason()).base64();
        };
    }

    /** What the encoder writes, masked as clients do, means the same. */
    private static void again(Message message) {
        byte[] frame = NearFrames.masked(Frames.of(message).toByteArray());
        String code = message instanceof Message.Text ? "1 " : "2 ";
        Expect.same(
                "encoded again", List.of(code + message.bytes().base64(), "end"), new ReferenceDecoder(frame).all());
    }
}
