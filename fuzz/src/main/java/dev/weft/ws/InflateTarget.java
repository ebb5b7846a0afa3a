package dev.weft.ws;

import dev.weft.bytes.Bytes;
import dev.weft.fuzz.Expect;
import dev.weft.fuzz.Pieces;
import dev.weft.fuzz.Recipe;
import dev.weft.net.ByteInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.Deflater;

/**
 * Compressed messages. An even first byte stands before an offer of extensions, an odd one before a recipe for messages,
 * compressed by the Java platform and spoilt here and there.
 */
public final class InflateTarget {
    private static final int MAX_MESSAGE = 2000;
    private static final int MAX_FRAGMENTS = 6;
    private static final Set<Integer> CODES = Set.of(1002, 1007, 1008, 1009);
    private static final Deflation SHARED = new Deflation(1, 6, true);

    private InflateTarget() {}

    /** Takes an input. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        Recipe recipe = new Recipe(input);
        if (recipe.next() % 2 == 0) {
            offers(new String(recipe.rest(), StandardCharsets.ISO_8859_1));
        } else {
            messages(recipe);
        }
    }

    /** What is agreed to is within bounds, was offered, and its answer reads as what it says. */
    private static void offers(String field) {
        DeflateAgreement agreement = DeflateAgreement.negotiate(List.of(field), true);
        if (agreement == null) {
            return;
        }
        Expect.that(agreement.serverWindowBits() >= 8 && agreement.serverWindowBits() <= 15, "bits of the server");
        Expect.that(agreement.clientWindowBits() >= 8 && agreement.clientWindowBits() <= 15, "bits of the client");
        Expect.that(field.contains("permessage-deflate"), "it was offered");
        DeflateAgreement again = DeflateAgreement.negotiate(List.of(agreement.answer()), true);
        Expect.that(again != null, "an answer is well-formed");
        if (again != null) {
            Expect.same("window of the server", agreement.serverWindowBits(), again.serverWindowBits());
            Expect.same("takeover", agreement.clientTakeover(), again.clientTakeover());
        }
    }

    private static void messages(Recipe recipe) throws IOException {
        boolean takeover = recipe.chance(2);
        int bits = recipe.chance(4) ? 8 + recipe.below(8) : 15;
        DeflateAgreement agreement = new DeflateAgreement(15, false, takeover, bits);
        List<String> sent = new ArrayList<>();
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        boolean spoilt = write(recipe, takeover, sent, wire);
        List<String> whole = read(Pieces.whole(wire.toByteArray()), agreement);
        Expect.same("frames in pieces", whole, read(Pieces.of(wire.toByteArray()), agreement));
        if (!spoilt && bits == 15) {
            Expect.same("what was compressed", sent, whole);
        }
        Expect.that(SHARED.inflatersAlive() <= 64, "inflaters are given back");
    }

    /** Writes messages; returns whether something is wrong with them. */
    private static boolean write(Recipe recipe, boolean takeover, List<String> sent, ByteArrayOutputStream wire) {
        Deflater deflater = new Deflater(recipe.below(10), true);
        boolean spoilt = false;
        try {
            do {
                byte[] content = content(recipe);
                boolean made = recipe.chance(8);
                byte[] payload = made ? recipe.bytes(60) : compressed(deflater, content);
                if (!made && recipe.chance(8)) {
                    spoil(recipe, payload);
                    made = true;
                }
                spoilt |= made;
                sent.add("2 " + Bytes.wrap(content).base64());
                spoilt |= content.length > MAX_MESSAGE;
                fragments(recipe, payload, wire);
                if (!takeover) {
                    deflater.reset();
                }
            } while (recipe.more() && wire.size() < 4096);
            sent.add("end");
            return spoilt;
        } finally {
            deflater.end();
        }
    }

    private static byte[] content(Recipe recipe) {
        byte[] pattern = recipe.bytes(60);
        int times = recipe.chance(8) ? 1 + recipe.below(200) : 1 + recipe.below(6);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (int i = 0; i < times; i++) {
            content.writeBytes(pattern);
        }
        return content.toByteArray();
    }

    /** Compresses as RFC 7692, section 7.2.1, says. */
    private static byte[] compressed(Deflater deflater, byte[] content) {
        deflater.setInput(content);
        byte[] out = new byte[content.length * 2 + 100];
        int length = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
        return length < 4 ? new byte[] {0} : java.util.Arrays.copyOf(out, length - 4);
    }

    private static void spoil(Recipe recipe, byte[] payload) {
        if (payload.length > 0) {
            payload[recipe.below(payload.length)] ^= (byte) (1 << recipe.below(8));
        }
    }

    private static void fragments(Recipe recipe, byte[] payload, ByteArrayOutputStream wire) {
        int pieces = 1 + (recipe.chance(3) ? recipe.below(5) : 0);
        for (int i = 0; i < pieces; i++) {
            int from = payload.length * i / pieces;
            int to = payload.length * (i + 1) / pieces;
            int first = (i == pieces - 1 ? 0x80 : 0) | (i == 0 ? 0x42 : 0);
            wire.writeBytes(NearFrames.masked(frame(first, java.util.Arrays.copyOfRange(payload, from, to))));
        }
    }

    private static byte[] frame(int first, byte[] payload) {
        byte[] frame = Frames.binary(Bytes.wrap(payload)).toByteArray();
        frame[0] = (byte) first;
        return frame;
    }

    private static List<String> read(Pieces wire, DeflateAgreement agreement) throws IOException {
        List<String> outcomes = new ArrayList<>();
        MessageInflater inflater = SHARED.inflater(MAX_MESSAGE, agreement);
        MessageReader reader = new MessageReader(new ByteInput(wire), MAX_MESSAGE, MAX_FRAGMENTS, inflater);
        try {
            for (Incoming next; (next = reader.read()) != null; ) {
                if (next instanceof Incoming.Data data) {
                    Expect.that(data.message().bytes().size() <= MAX_MESSAGE, "the limit holds");
                    outcomes.add("2 " + data.message().bytes().base64());
                }
            }
            outcomes.add("end");
        } catch (WebSocketException e) {
            Expect.that(CODES.contains(e.code().value()), "a foreseen code, not " + e.code());
            outcomes.add(String.valueOf(e.code().value()));
        } finally {
            reader.abandon();
        }
        return outcomes;
    }
}
