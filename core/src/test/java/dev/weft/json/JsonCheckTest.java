package dev.weft.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.bytes.Bytes;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;

class JsonCheckTest {
    private static final int DEEP = 100_000;

    private final JsonMapper mapper = JsonMapper.standard();

    record Node(List<Node> children, Object any) {}

    /** Every way into a payload. */
    static Stream<Consumer<Bytes>> entries() {
        JsonMapper mapper = JsonMapper.standard();
        return Stream.of(
                json -> mapper.check(json, 0),
                json -> mapper.check(json, 1),
                json -> mapper.reader(json, List.of()).skip(),
                json -> mapper.reader(json, List.of()).readAny(),
                json -> mapper.reader(json, List.of()).readTree(),
                json -> mapper.reader(json, List.of()).readAs(Object.class),
                json -> mapper.reader(json, List.of()).readAs(Node[].class),
                json -> mapper.reader(Bytes.utf8("{\"type\":" + json.utf8() + "}"), List.of())
                        .peekTag("other"),
                json -> mapper.reader(json, List.of(Bytes.EMPTY)).readAny(),
                json -> mapper.arguments(json, List.of(), 1).skip(),
                json -> {
                    ValueReader in = mapper.reader(json, List.of());
                    while (in.hasNext()) {
                        in.beginArray();
                    }
                });
    }

    @ParameterizedTest
    @MethodSource("entries")
    void limitsNestingAtEveryEntry(Consumer<Bytes> entry) {
        assertRefused(entry, "[".repeat(DEEP) + "]".repeat(DEEP));
        assertRefused(entry, "[".repeat(DEEP));
        assertRefused(entry, "[1," + "{\"children\":[".repeat(DEEP));
    }

    @ParameterizedTest
    @MethodSource("entries")
    void limitsNumbersAndNamesAtEveryEntry(Consumer<Bytes> entry) {
        assertRefused(entry, "[" + "9".repeat(1_000_000) + "]");
        assertRefused(entry, "[1." + "9".repeat(1_000_000) + "]");
        assertRefused(entry, "[{\"" + "n".repeat(1_000_000) + "\":1}]");
    }

    private static void assertRefused(Consumer<Bytes> entry, String json) {
        assertThatThrownBy(() -> entry.accept(Bytes.utf8(json)))
                .isInstanceOfAny(MalformedJsonException.class, BadValueException.class)
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(160));
    }

    @Test
    void takesAMillionMembers() {
        StringBuilder json = new StringBuilder("{");
        for (int i = 0; i < 1_000_000; i++) {
            json.append(i == 0 ? "\"k" : ",\"k").append(i).append("\":").append(i);
        }
        Bytes bytes = Bytes.utf8(json.append('}').toString());
        mapper.check(bytes, 0);
        assertThat((java.util.Map<?, ?>) mapper.reader(bytes, List.of()).readAny())
                .hasSize(1_000_000);
        assertThat(mapper.reader(bytes, List.of()).readTree().size()).isEqualTo(1_000_000);
        assertThat(mapper.reader(bytes, List.of()).readAs(java.util.Map.class).size())
                .isEqualTo(1_000_000);
    }

    @Test
    void takesWhatIsWithinTheLimits() {
        String nested = "[".repeat(100) + "]".repeat(100);
        assertAccepted(nested);
        assertAccepted("[" + "9".repeat(400) + "]");
        assertAccepted("{\"" + "é".repeat(2046) + "\":1}");
        assertAccepted("[\"" + "s".repeat(5_000_000) + "\"]");
        assertThatThrownBy(() -> mapper.check(Bytes.utf8("[" + nested + "]"), 0))
                .hasMessageContaining("100 nested");
    }

    private void assertAccepted(String json) {
        mapper.check(Bytes.utf8(json), 0);
        mapper.reader(Bytes.utf8(json), List.of()).readAny();
        mapper.reader(Bytes.utf8(json), List.of()).readTree();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "[",
                "]",
                "{",
                "}",
                "[1,]",
                "[,1]",
                "[1 2]",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{a:1}",
                "{1:1}",
                "{,}",
                "[1]]",
                "1 2",
                "tru",
                "True",
                "nulll",
                "NaN",
                "Infinity",
                "-",
                "-a",
                "01",
                "-01",
                "1.",
                ".1",
                "1e",
                "1e+",
                "+1",
                "0x1",
                "\"",
                "\"\\\"",
                "\"\\",
                "\"\\u12\"",
                "\"\\u123",
                "\"\\a\"",
                "\"\n\"",
                "\"\u0000\"",
                "'a'",
                "[1]//x",
                "/**/1",
                "\u0000",
                "[\u00001]",
                "\ufeff1",
                "1\u00a0",
                "\u2028",
                "{\"\\ud800\":1}",
                "{\"\\udc00\":1}",
                "{\"\\ud800\\ud800\":1}",
                "{\"\\ud800x\":1}"
            })
    void refusesWhatIsNotJson(String json) {
        assertThatThrownBy(() -> mapper.check(Bytes.utf8(json), 0)).isInstanceOf(MalformedJsonException.class);
    }

    @Test
    void refusesOtherEncodings() {
        for (var charset : List.of(StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16)) {
            Bytes json = Bytes.wrap("[1,\"a\"]".getBytes(charset));
            assertThatThrownBy(() -> mapper.check(json, 0)).isInstanceOf(MalformedJsonException.class);
        }
    }

    @Test
    void tellsWhatWasExpectedWhere() {
        assertThatThrownBy(() -> mapper.check(Bytes.utf8("[1,secret]"), 0))
                .hasMessage("expected a value but was 's' at byte 3");
        assertThatThrownBy(() -> mapper.check(Bytes.utf8("[1"), 0))
                .hasMessage("expected ']' but was the end at byte 2");
        assertThatThrownBy(() -> mapper.check(Bytes.utf8("\"\n"), 0))
                .hasMessage("expected an escape sequence for a control character but was byte 0x0a at byte 1");
    }

    @Test
    void knowsUtf8AsTheJdkDoes() {
        Random random = new Random(7);
        for (int i = 0; i < 50_000; i++) {
            byte[] json = new byte[8];
            json[0] = '"';
            json[7] = '"';
            for (int b = 1; b < 7; b++) {
                json[b] = (byte)
                        (random.nextInt(3) == 0
                                ? 'a'
                                : random.nextBoolean() ? 0x80 + random.nextInt(0x40) : 0xc0 + random.nextInt(0x40));
            }
            assertThat(isAccepted(json)).as(Bytes.wrap(json).toString()).isEqualTo(isUtf8(json));
        }
    }

    /** What passes must be readable by Jackson, and what Jackson reads from ASCII must pass. */
    @Test
    void agreesWithJacksonOnMutatedJson() {
        var strict = tools.jackson.databind.json.JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
        String seed =
                "{\"a\":[1,-2.5e+3,true,false,null,\"t\\u00e9\\n\"],\"b\":{\"c\":{}, \"\":[]},\"d\":\"x\\\\\\\"\"}";
        String alphabet = "{}[]\":,0123456789.-+eEtrufalsn\\ \n\"\"[]{},:abx";
        Random random = new Random(11);
        int accepted = 0;
        for (int i = 0; i < 30_000; i++) {
            StringBuilder json = new StringBuilder(seed);
            for (int m = random.nextInt(3); m >= 0; m--) {
                int at = random.nextInt(json.length());
                switch (random.nextInt(3)) {
                    case 0 -> json.deleteCharAt(at);
                    case 1 -> json.setCharAt(at, alphabet.charAt(random.nextInt(alphabet.length())));
                    default -> json.insert(at, alphabet.charAt(random.nextInt(alphabet.length())));
                }
            }
            byte[] bytes = json.toString().getBytes(StandardCharsets.UTF_8);
            boolean readable = isReadable(strict, bytes);
            assertThat(isAccepted(bytes)).as(json.toString()).isEqualTo(readable);
            accepted += readable ? 1 : 0;
        }
        assertThat(accepted).isBetween(1_000, 29_000);
    }

    private boolean isAccepted(byte[] json) {
        try {
            mapper.check(Bytes.wrap(json), 0);
            return true;
        } catch (MalformedJsonException e) {
            return false;
        }
    }

    private static boolean isReadable(tools.jackson.databind.json.JsonMapper jackson, byte[] json) {
        try {
            return !jackson.readTree(json).isMissingNode();
        } catch (JacksonException e) {
            return false;
        }
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(java.nio.ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    @Test
    void findsPlaceholdersHoweverTheyAreWritten() {
        String json = "  [{ \"num\" : 1 , \"_placeholder\" : true },{\"_placeholder\":true,\"num\":0}]";
        assertThat(JsonCheck.placeholders(Bytes.utf8("#" + json).slice(1), 2, JsonLimits.DEPTH))
                .containsExactly(json.lastIndexOf('{'), 3);
        assertThat(JsonCheck.placeholders(Bytes.utf8("{\"_placeholder\":true,\"num\":9}"), 0, JsonLimits.DEPTH))
                .isEmpty();
    }

    @Test
    void leavesObjectsThatOnlyResemblePlaceholdersAlone() {
        String alike =
                "[{\"num\":5},{\"_placeholder\":false,\"num\":0},{\"_placeholder\":\"true\"},{\"\\u005fplaceholder\":true,\"num\":0}]";
        assertThatCode(() -> mapper.check(Bytes.utf8(alike), 0)).doesNotThrowAnyException();
        String json = "[" + alike + ",{\"_placeholder\":true,\"num\":0}]";
        assertThat(JsonCheck.placeholders(Bytes.utf8(json), 1, JsonLimits.DEPTH))
                .containsExactly(alike.length() + 2);
        List<?> read = (List<?>)
                mapper.reader(Bytes.utf8(json), List.of(Bytes.hex("07"))).readAny();
        assertThat((List<?>) read.getFirst()).hasSize(4).noneMatch(byte[].class::isInstance);
        assertThat((byte[]) read.getLast()).containsExactly(7);
    }
}
