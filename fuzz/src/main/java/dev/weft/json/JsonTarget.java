package dev.weft.json;

import dev.weft.bytes.Bytes;
import dev.weft.fuzz.Expect;
import dev.weft.fuzz.Recipe;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** JSON: whether it is accepted, compared with Jackson over characters; what typed and untyped readers make of it. */
public final class JsonTarget {
    private static final JsonMapper MAPPER = JsonMapper.standard();
    private static final ObjectMapper REFERENCE = tools.jackson.databind.json.JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(JsonLimits.DEPTH)
                            .maxNumberLength(JsonLimits.NUMBER)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonTarget() {}

    /** Takes an input. */
    public static void fuzzerTestOneInput(byte[] input) {
        Recipe recipe = new Recipe(input);
        int attachments = recipe.below(4);
        byte[] choices = recipe.bytes(40);
        byte[] text = recipe.rest();
        Bytes json = Bytes.wrap(text);
        boolean accepted = accepted(json, attachments);
        if (attachments == 0) {
            Expect.same("accepted, as Jackson says of the characters", reference(text), accepted);
        }
        if (accepted) {
            read(json, attachments, choices);
        }
    }

    private static boolean accepted(Bytes json, int attachments) {
        try {
            MAPPER.check(json, attachments);
            return true;
        } catch (MalformedJsonException e) {
            return false;
        }
    }

    private static boolean reference(byte[] text) {
        try {
            String characters = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(text))
                    .toString();
            JsonNode node = REFERENCE.readTree(characters);
            return !node.isMissingNode() && wholeNames(node);
        } catch (CharacterCodingException | JacksonException e) {
            return false;
        }
    }

    /** Weft takes half a surrogate pair in a value, as JavaScript sends it, but not in a name. */
    private static boolean wholeNames(JsonNode node) {
        return node.propertyNames().stream()
                        .allMatch(name -> StandardCharsets.UTF_8.newEncoder().canEncode(name))
                && node.values().stream().allMatch(JsonTarget::wholeNames);
    }

    private static void read(Bytes json, int attachments, byte[] choices) {
        List<Bytes> binary = new ArrayList<>();
        for (int i = 0; i < attachments; i++) {
            binary.add(Bytes.utf8("attachment " + i));
        }
        untyped(json, binary);
        try {
            new TypedWalk(MAPPER.reader(json, binary), new Recipe(choices)).value(0);
        } catch (BadValueException e) {
            Expect.that(e.path().startsWith("$"), "a failure says where: " + e.path());
            Expect.that(!e.rule().isEmpty(), "a failure says what was expected");
        }
    }

    private static void untyped(Bytes json, List<Bytes> binary) {
        Object value;
        try {
            value = MAPPER.reader(json, binary).readAny();
        } catch (BadValueException tooLargeForJava) {
            return;
        }
        List<Bytes> out = new ArrayList<>();
        Bytes written = MAPPER.write(value == null ? new @Nullable Object[] {null} : new Object[] {value}, out);
        MAPPER.check(written, out.size());
        List<Bytes> again = new ArrayList<>();
        Object reread = MAPPER.reader(written, out).readAny();
        Expect.same("written again", written, MAPPER.write(reread == null ? List.of() : reread, again));
        Expect.same("attachments", out, again);
    }
}
