package dev.weft.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weft.bytes.Bytes;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JacksonValueReaderTest {
    private final JsonMapper mapper = JsonMapper.standard();

    enum Color {
        RED,
        GREEN
    }

    record Move(int seq, float dx, Optional<String> note) {}

    record Team(String name, List<Move> moves, byte[] logo) {}

    record Positive(int value) {
        Positive {
            if (value <= 0) {
                throw new IllegalArgumentException("must be positive");
            }
        }
    }

    sealed interface Shape permits Circle, Square {}

    record Circle(double radius) implements Shape {}

    record Square(double side) implements Shape {}

    @SuppressWarnings("unused")
    private static final List<Move> MOVES = List.of();

    /** A reader that has entered the arguments of an event: the elements of {@code json} after a name. */
    private ValueReader event(String json, Bytes... attachments) {
        String event = "[\"name\"" + (json.isEmpty() ? "]" : "," + json + "]");
        Bytes bytes = Bytes.utf8("xx" + event).slice(2);
        mapper.check(bytes, attachments.length);
        return mapper.arguments(bytes, List.of(attachments), 1);
    }

    private void assertBad(String json, Consumer<ValueReader> read, String path, String rule, Bytes... attachments) {
        ValueReader in = event(json, attachments);
        BadValueException bad = catchThrowableOfType(BadValueException.class, () -> read.accept(in));
        assertThat(bad).as(json).isNotNull();
        assertThat(bad.path()).isEqualTo(path);
        assertThat(bad.rule()).isEqualTo(rule);
    }

    @Test
    void readsValuesOfEveryKind() {
        String uuid = "123e4567-e89b-12d3-a456-426614174000";
        ValueReader in = event(
                "true,-128,32767,-2147483648,9007199254740993,0.1,1e-3,\"c\",\"text\","
                        + "\"RED\",\"2026-01-31T12:00:00Z\",1000,\"" + uuid
                        + "\",null,{\"_placeholder\":true,\"num\":0}",
                Bytes.hex("ff"));
        assertThat(in.readBoolean()).isTrue();
        assertThat(in.readByte()).isEqualTo((byte) -128);
        assertThat(in.readShort()).isEqualTo(Short.MAX_VALUE);
        assertThat(in.readInt()).isEqualTo(Integer.MIN_VALUE);
        assertThat(in.readLong()).isEqualTo(9007199254740993L);
        assertThat(in.readFloat()).isEqualTo(0.1f);
        assertThat(in.readDouble()).isEqualTo(0.001);
        assertThat(in.readChar()).isEqualTo('c');
        assertThat(in.tryNull()).isFalse();
        assertThat(in.readString()).isEqualTo("text");
        assertThat(in.readEnum(Color.class)).isEqualTo(Color.RED);
        assertThat(in.readInstant()).isEqualTo(Instant.parse("2026-01-31T12:00:00Z"));
        assertThat(in.readInstant()).isEqualTo(Instant.ofEpochSecond(1));
        assertThat(in.readUuid()).isEqualTo(UUID.fromString(uuid));
        assertThat(in.tryNull()).isTrue();
        assertThat(in.hasNext()).isTrue();
        assertThat(in.readBytes()).isEqualTo(Bytes.hex("ff"));
        assertThat(in.hasNext()).isFalse();
    }

    @Test
    void readsARecordAsGeneratedCodeDoes() {
        ValueReader in = event("{\"seq\":7,\"skipped\":[{\"a\":{}}],\"dx\":0.5},[1,[2],{}]");
        int seq = 0;
        double dx = 0;
        in.beginObject();
        for (String name; (name = in.nextName()) != null; ) {
            switch (name) {
                case "seq" -> seq = in.readInt();
                case "dx" -> dx = in.readDouble();
                default -> in.skip();
            }
        }
        assertThat(seq).isEqualTo(7);
        assertThat(dx).isEqualTo(0.5);
        assertThat(in.missing("dy").path()).isEqualTo("$[0].dy");
        in.beginArray();
        assertThat(in.hasNext()).isTrue();
        assertThat(in.readInt()).isEqualTo(1);
        assertThat(in.bad("too small").path()).isEqualTo("$[1][0]");
        in.skip();
        assertThat(in.readAny()).isEqualTo(Map.of());
        assertThat(in.hasNext()).isFalse();
        assertThat(in.hasNext()).isFalse();
    }

    @Test
    void namesTheMemberBeingReadAndTheValueReadLast() {
        ValueReader in = event("{\"a\":{\"b c\":[1,{\"d\":2}]}}");
        in.beginObject();
        in.nextName();
        assertThat(in.bad("rule").path()).isEqualTo("$[0].a");
        in.beginObject();
        in.nextName();
        in.beginArray();
        in.hasNext();
        in.readInt();
        in.hasNext();
        in.beginObject();
        in.nextName();
        in.readInt();
        assertThat(in.bad("rule").path()).isEqualTo("$[0].a['b c'][1].d");
        assertThat(in.nextName()).isNull();
        assertThat(in.missing("e").path()).isEqualTo("$[0].a['b c'][1].e");
    }

    @Test
    void tellsWhatWasExpectedAndWhatCame() {
        assertBad("\"1\"", ValueReader::readInt, "$[0]", "expected a number but was a string");
        assertBad("null", ValueReader::readDouble, "$[0]", "expected a number but was null");
        assertBad(
                "1.5",
                ValueReader::readInt,
                "$[0]",
                "expected a whole number from -2147483648 to 2147483647 but was 1.5");
        assertBad(
                "2147483648",
                ValueReader::readInt,
                "$[0]",
                "expected a whole number from -2147483648 to 2147483647 but was 2147483648");
        assertBad("128", ValueReader::readByte, "$[0]", "expected a whole number from -128 to 127 but was 128");
        assertBad(
                "-32769",
                ValueReader::readShort,
                "$[0]",
                "expected a whole number from -32768 to 32767 but was -32769");
        assertBad(
                "9223372036854775808",
                ValueReader::readLong,
                "$[0]",
                "expected a whole number from -9223372036854775808 to 9223372036854775807 but was 9223372036854775808");
        assertBad(
                "1e400",
                ValueReader::readDouble,
                "$[0]",
                "expected a number within the range of a double but was 1e400");
        assertBad("1e39", ValueReader::readFloat, "$[0]", "expected a number within the range of a float but was 1e39");
        assertBad(
                "1e400", ValueReader::readAny, "$[0]", "expected a number within the range of a double but was 1e400");
        assertBad("1", ValueReader::readBoolean, "$[0]", "expected a boolean but was a number");
        assertBad("{}", ValueReader::readString, "$[0]", "expected a string but was an object");
        assertBad("\"ab\"", ValueReader::readChar, "$[0]", "expected a single character but was a string of 2");
        assertBad("[]", ValueReader::beginObject, "$[0]", "expected an object but was an array");
        assertBad("true", ValueReader::beginArray, "$[0]", "expected an array but was a boolean");
        assertBad("\"AA==\"", ValueReader::readBytes, "$[0]", "expected binary but was a string");
        assertBad("\"BLUE\"", in -> in.readEnum(Color.class), "$[0]", "expected one of RED, GREEN");
        assertBad(
                "\"today\"",
                ValueReader::readInstant,
                "$[0]",
                "expected an ISO 8601 time such as 2026-01-31T12:00:00Z");
        assertBad(
                "1e300",
                ValueReader::readInstant,
                "$[0]",
                "expected a whole number from -9223372036854775808 to 9223372036854775807 but was 1e300");
        assertBad("\"1-2-3-4-5\"", ValueReader::readUuid, "$[0]", "expected a UUID");
        assertBad("\"x\"", ValueReader::readUuid, "$[0]", "expected a UUID");
        Bytes binary = Bytes.hex("00");
        String placeholder = "{\"_placeholder\":true,\"num\":0}";
        assertBad(placeholder, ValueReader::readInt, "$[0]", "expected a number but was binary", binary);
        assertBad(placeholder, ValueReader::beginObject, "$[0]", "expected an object but was binary", binary);
    }

    @ParameterizedTest
    @CsvSource({"1.0, 1", "-0.0, 0", "1e3, 1000", "-2.50e1, -25"})
    void acceptsWholeNumbersInAnyNotation(String json, int value) {
        assertThat(event(json).readInt()).isEqualTo(value);
        assertThat(event(json).readLong()).isEqualTo(value);
        assertThat(event(json).readAs(Integer.class)).isEqualTo(value);
        assertThat(event(json).readAs(long.class)).isEqualTo(value);
    }

    @Test
    void reportsAnArgumentThatIsMissing() {
        assertBad("", ValueReader::readInt, "$[0]", "expected a number but there is none");
        assertBad(
                "1",
                in -> {
                    in.readInt();
                    in.readString();
                },
                "$[1]",
                "expected a string but there is none");
        assertBad(
                "1",
                in -> {
                    in.readInt();
                    in.hasNext();
                    in.readString();
                },
                "$[1]",
                "expected a string but there is none");
        assertBad(
                "1",
                in -> {
                    in.skip();
                    in.skip();
                },
                "$[1]",
                "expected a value but there is none");
        assertBad(
                "1",
                in -> {
                    in.skip();
                    in.readAs(Move.class);
                },
                "$[1]",
                "expected a value but there is none");
        assertBad(
                "[[1]]",
                in -> {
                    in.beginArray();
                    in.beginArray();
                    in.readInt();
                    in.readInt();
                },
                "$[0][0][1]",
                "expected a number but there is none");
    }

    @Test
    void findsATagWithoutConsumingAnything() {
        ValueReader in = event("{\"radius\":{\"type\":\"no\"},\"t\":[],\"type\":\"circle\"}");
        assertThat(in.peekTag("type")).isEqualTo("circle");
        assertThat(in.hasNext()).isTrue();
        assertThat(in.peekTag("type")).isEqualTo("circle");
        in.beginObject();
        assertThat(in.nextName()).isEqualTo("radius");
        assertThat(in.peekTag("type")).isEqualTo("no");
        in.skip();
        assertThat(in.nextName()).isEqualTo("t");
        assertBad("{\"a\":1}", r -> r.peekTag("type"), "$[0].type", "required");
        assertBad("{\"type\":1}", r -> r.peekTag("type"), "$[0].type", "expected a string but was a number");
        assertBad("[]", r -> r.peekTag("type"), "$[0]", "expected an object but was an array");
    }

    @Test
    void stillNamesTheLastArgumentAfterReadingIt() {
        ValueReader in = event("1,[\"x\"] ");
        in.skip();
        in.beginArray();
        assertThat(in.readString()).isEqualTo("x");
        assertThat(in.bad("rule").path()).isEqualTo("$[1][0]");
        assertThat(in.hasNext()).isFalse();
        assertThat(in.bad("rule").path()).isEqualTo("$[1]");
        assertThat(in.missing("a").path()).isEqualTo("$[1].a");
        assertThat(in.hasNext()).isFalse();
    }

    @Test
    void readsSingleValues() {
        ValueReader in = mapper.reader(Bytes.utf8(" {\"a\":true} "), List.of());
        in.beginObject();
        assertThat(in.nextName()).isEqualTo("a");
        assertThat(in.readBoolean()).isTrue();
        assertThat(in.nextName()).isNull();
        assertThat(in.missing("b").path()).isEqualTo("$.b");
        assertThat(mapper.reader(Bytes.utf8("7"), List.of()).readInt()).isEqualTo(7);
    }

    @Test
    void bindsBetweenOtherValues() throws Exception {
        ValueReader in = event("1,{\"seq\":1,\"dx\":2,\"note\":\"n\"},[{\"seq\":2,\"dx\":3}],\"end\"");
        in.skip();
        assertThat(in.readAs(Move.class)).isEqualTo(new Move(1, 2, Optional.of("n")));
        assertThat(in.bad("rule").path()).isEqualTo("$[1]");
        Type moves = JacksonValueReaderTest.class.getDeclaredField("MOVES").getGenericType();
        assertThat(in.readAs(moves)).isEqualTo(List.of(new Move(2, 3, Optional.empty())));
        assertThat(in.readString()).isEqualTo("end");
    }

    @Test
    void tellsWhereBindingFailed() {
        assertBad(
                "{\"seq\":\"1\",\"dx\":1}",
                in -> in.readAs(Move.class),
                "$[0].seq",
                "expected a whole number within the range of its type but was a string");
        assertBad(
                "1,{\"seq\":1.5,\"dx\":1}",
                in -> {
                    in.skip();
                    in.readAs(Move.class);
                },
                "$[1].seq",
                "expected a whole number within the range of its type but was a number");
        assertBad(
                "{\"seq\":99999999999,\"dx\":1}",
                in -> in.readAs(Move.class),
                "$[0].seq",
                "expected a whole number within the range of its type");
        assertBad(
                "{\"name\":\"a\",\"moves\":[{\"seq\":1,\"dx\":1},{\"seq\":1,\"dx\":[]}]}",
                in -> in.readAs(Team.class),
                "$[0].moves[1].dx",
                "expected a number but was an array");
        assertBad("{\"dx\":1}", in -> in.readAs(Move.class), "$[0].seq", "required");
        assertBad("{\"seq\":1}", in -> in.readAs(Move.class), "$[0].dx", "required");
        assertBad("7", in -> in.readAs(Move.class), "$[0]", "expected a valid object but was a number");
        assertBad("\"BLUE\"", in -> in.readAs(Color.class), "$[0]", "expected one of RED, GREEN but was a string");
        assertBad("{\"value\":0}", in -> in.readAs(Positive.class), "$[0]", "must be positive");
        assertBad(
                "{\"type\":\"hexagon\"}", in -> in.readAs(Shape.class), "$[0].type", "expected one of circle, square");
        assertBad("{\"radius\":1}", in -> in.readAs(Shape.class), "$[0].type", "required");
        assertBad("null", in -> in.readAs(Move.class), "$[0]", "expected a value but was null");
        assertBad("1", in -> in.readAs(String.class), "$[0]", "expected a string but was a number");
        Bytes binary = Bytes.hex("00");
        assertBad(
                "0,[{\"moves\":[{\"seq\":true,\"dx\":1}],\"logo\":{\"_placeholder\":true,\"num\":0}}]",
                in -> {
                    in.skip();
                    in.readAs(Team[].class);
                },
                "$[1][0].moves[0].seq",
                "expected a whole number within the range of its type but was a boolean",
                binary);
    }

    @Test
    void blamesTheApplicationForTypesThatCannotBeRead() {
        assertThatThrownBy(() -> event("{}").readAs(Runnable.class)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void bindsOptionalNullAsEmpty() throws Exception {
        Type optional = Move.class.getRecordComponents()[2].getGenericType();
        assertThat(event("null").readAs(optional)).isEqualTo(Optional.empty());
    }

    @Test
    void keepsTheOrderOfMembers() {
        Map<?, ?> map = (Map<?, ?>) event("{\"z\":1,\"a\":2,\"m\":3}").readAny();
        assertThat(map.keySet().toArray()).containsExactly("z", "a", "m");
    }
}
