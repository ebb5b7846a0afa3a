package dev.weft.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.weft.bytes.Bytes;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JacksonJsonMapperTest {
    private final JsonMapper mapper = JsonMapper.standard();

    enum Color {
        RED {
            @Override
            public String toString() {
                return "rouge";
            }
        },
        GREEN
    }

    record Point(int x, double y) {}

    record Everything(
            String text,
            Color color,
            Optional<String> maybe,
            Instant at,
            UUID id,
            Map<String, Integer> counts,
            List<Point> points,
            byte[] raw,
            ByteBuffer buffer,
            Bytes bytes) {}

    sealed interface Shape permits Circle, Square, Flat {}

    record Circle(double radius) implements Shape {}

    record Square(double side, List<Shape> inner) implements Shape {}

    sealed interface Flat extends Shape {}

    record Line() implements Flat {}

    record Empty() {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    sealed interface Annotated permits Named {}

    @JsonTypeName("n")
    record Named(int x) implements Annotated {}

    private String write(Object value) {
        List<Bytes> attachments = new ArrayList<>();
        String json = mapper.write(value, attachments).utf8();
        assertThat(attachments).isEmpty();
        return json;
    }

    private ValueReader read(String json, Bytes... attachments) {
        mapper.check(Bytes.utf8(json), attachments.length);
        return mapper.reader(Bytes.utf8(json), List.of(attachments));
    }

    @Test
    void writesRecordsEnumsOptionalsAndTimesWithoutAnnotations() {
        UUID id = new UUID(1, 2);
        Map<String, Integer> counts = new LinkedHashMap<>();
        counts.put("z", 1);
        counts.put("a", 2);
        Everything value = new Everything(
                "é/\"",
                Color.RED,
                Optional.empty(),
                Instant.parse("2026-01-02T03:04:05.006Z"),
                id,
                counts,
                List.of(new Point(1, 2), new Point(3, 0.5)),
                new byte[] {1},
                ByteBuffer.wrap(new byte[] {9, 2, 9}, 1, 1),
                Bytes.hex("03"));
        List<Bytes> attachments = new ArrayList<>();
        Bytes json = mapper.write(value, attachments);

        assertThat(json.utf8())
                .isEqualTo("{\"text\":\"é/\\\"\",\"color\":\"RED\",\"maybe\":null,"
                        + "\"at\":\"2026-01-02T03:04:05.006Z\",\"id\":\"00000000-0000-0001-0000-000000000002\","
                        + "\"counts\":{\"z\":1,\"a\":2},\"points\":[{\"x\":1,\"y\":2},{\"x\":3,\"y\":0.5}],"
                        + "\"raw\":{\"_placeholder\":true,\"num\":0},\"buffer\":{\"_placeholder\":true,\"num\":1},"
                        + "\"bytes\":{\"_placeholder\":true,\"num\":2}}");
        assertThat(attachments).containsExactly(Bytes.hex("01"), Bytes.hex("02"), Bytes.hex("03"));

        mapper.check(json, 3);
        Everything back = mapper.reader(json, attachments).readAs(Everything.class);
        assertThat(back.raw()).containsExactly(1);
        assertThat(back.buffer()).isEqualTo(ByteBuffer.wrap(new byte[] {2}));
        assertThat(back)
                .usingRecursiveComparison()
                .ignoringFields("raw", "buffer")
                .isEqualTo(value);
    }

    @Test
    void copiesArraysSoThatTheCallerMayReuseThem() {
        byte[] array = {1, 2};
        List<Bytes> attachments = new ArrayList<>();
        mapper.write(List.of(array), attachments);
        array[0] = 9;
        assertThat(attachments).containsExactly(Bytes.hex("0102"));
    }

    @Test
    void numbersAttachmentsAfterThoseAlreadyThere() {
        List<Bytes> attachments = new ArrayList<>(List.of(Bytes.hex("00")));
        Bytes json = mapper.write(Map.of("direct", ByteBuffer.allocateDirect(2)), attachments);
        assertThat(json.utf8()).isEqualTo("{\"direct\":{\"_placeholder\":true,\"num\":1}}");
        assertThat(attachments).containsExactly(Bytes.hex("00"), Bytes.hex("0000"));
    }

    @Test
    void tagsRecordsOfSealedInterfacesWhateverTheStaticType() {
        Square square = new Square(1, List.of(new Circle(2), new Line()));
        String json =
                "{\"type\":\"square\",\"side\":1,\"inner\":[{\"type\":\"circle\",\"radius\":2},{\"type\":\"line\"}]}";
        assertThat(write(square)).isEqualTo(json);
        assertThat(write(new Object[] {"x", square})).isEqualTo("[\"x\"," + json + "]");
        assertThat(write(Map.of("any", square))).isEqualTo("{\"any\":" + json + "}");
        assertThat(read(json).readAs(Shape.class)).isEqualTo(square);
        assertThat(read(json).readAs(Square.class)).isEqualTo(square);
        assertThat(read("{\"radius\":2}").readAs(Circle.class)).isEqualTo(new Circle(2));
        assertThat(read("{\"radius\":2,\"type\":\"circle\"}").readAs(Shape.class))
                .isEqualTo(new Circle(2));
        assertThat(read("{\"type\":\"line\"}").readAs(Flat.class)).isEqualTo(new Line());
    }

    @Test
    void leavesTypesThatCarryAnnotationsToThem() {
        assertThat(write(new Named(1))).isEqualTo("{\"kind\":\"n\",\"x\":1}");
        assertThat(read("{\"kind\":\"n\",\"x\":1}").readAs(Annotated.class)).isEqualTo(new Named(1));
    }

    @Test
    void writesEmptyRecordsAsEmptyObjects() {
        assertThat(write(new Empty())).isEqualTo("{}");
    }

    @ParameterizedTest
    @CsvSource({
        "1.0, 1",
        "-0.0, 0",
        "0.1, 0.1",
        "1e21, 1e+21",
        "1e20, 100000000000000000000",
        "123456789012345680000, 123456789012345680000",
        "1e-7, 1e-7",
        "0.000001, 0.000001",
        "1.5e-9, 1.5e-9",
        "-1.25e300, -1.25e+300",
        "9007199254740993, 9007199254740992",
        "5e-324, 5e-324",
        "1.7976931348623157e308, 1.7976931348623157e+308",
        "12345678.9, 12345678.9",
        "NaN, null",
        "Infinity, null"
    })
    void writesDoublesAsJavaScriptDoes(double value, String json) {
        assertThat(write(List.of(value))).isEqualTo("[" + json + "]");
        assertThat(write(new double[] {value})).isEqualTo("[" + json + "]");
    }

    @ParameterizedTest
    @CsvSource({"0.1, 0.1", "2, 2", "1e10, 10000000000", "1e-8, 1e-8", "NaN, null", "3.4028235e38, 3.4028235e+38"})
    void writesFloatsWithTheirOwnShortestDigits(float value, String json) {
        assertThat(write(List.of(value))).isEqualTo("[" + json + "]");
    }

    @Test
    void escapesAsJavaScriptDoes() {
        assertThat(write("\u0000\u001f\b\f\n\r\t\"\\/\u007f\u2028😀"))
                .isEqualTo("\"\\u0000\\u001f\\b\\f\\n\\r\\t\\\"\\\\/\u007f\u2028😀\"");
    }

    @Test
    void escapesHalvesOfSurrogatePairsInValuesAndNames() {
        assertThat(write("a\ud800\"\u0001")).isEqualTo("\"a\\ud800\\\"\\u0001\"");
        assertThat(write(Map.of("\udc00", new String[] {"\ud83d"}))).isEqualTo("{\"\\udc00\":[\"\\ud83d\"]}");
        assertThat(write("\ud800".repeat(5000))).isEqualTo("\"" + "\\ud800".repeat(5000) + "\"");
        assertThat(write(Map.of("\ud800".repeat(3000), 1)))
                .startsWith("{\"\\ud800")
                .endsWith("\":1}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "true",
                "0",
                "-1",
                "1.5",
                "\"\"",
                "[]",
                "{}",
                "9007199254740991",
                "123456789012345680000",
                "1e+21",
                "1e-7",
                "0.000001",
                "[null,[{}],\"\\ud800\",\"\\u0000\"]",
                "{\"b\":1,\"a\":{\"z\":[],\"y\":\"é😀\u2028\"}}",
                "{\"_placeholder\":true,\"num\":0}",
                "{\"_placeholder\":true}",
                "\"\\\"\\\\/\\b\\f\\n\\r\\t\""
            })
    void givesBackWhatJsonStringifyProduced(String json) {
        Object value = read("[" + json + "]").readAny();
        assertThat(write(value)).isEqualTo("[" + json + "]");
        assertThat(write(read(json).readTree())).isEqualTo(json);
    }

    @Test
    void refusesValuesWithoutAJsonForm() {
        List<Object> cycle = new ArrayList<>();
        cycle.add(cycle);
        List<Bytes> attachments = new ArrayList<>();
        assertThatThrownBy(() -> mapper.write(List.of(new byte[1], new Object()), attachments))
                .isInstanceOf(UnwritableValueException.class)
                .hasMessageContaining("java.lang.Object");
        assertThat(attachments).isEmpty();
        assertThatThrownBy(() -> write(cycle)).isInstanceOf(UnwritableValueException.class);
        assertThatThrownBy(() -> write((Runnable) () -> {})).isInstanceOf(UnwritableValueException.class);
    }

    @Test
    void bindsBinaryAsByteArraysAndBinaryNodes() {
        String json = "[{\"num\":1,\"_placeholder\":true},{\"_placeholder\":true,\"num\":0}]";
        Bytes[] attachments = {Bytes.hex("0a"), Bytes.hex("0b")};
        assertThat((List<?>) read(json, attachments).readAny())
                .satisfiesExactly(
                        b -> assertThat((byte[]) b).containsExactly(11),
                        b -> assertThat((byte[]) b).containsExactly(10));
        assertThat(read(json, attachments).readTree().get(0).isBinary()).isTrue();
        assertThat(read(json, attachments).readTree().get(1).binaryValue()).containsExactly(10);
        assertThat(read(json, attachments).readAs(Bytes[].class)).containsExactly(Bytes.hex("0b"), Bytes.hex("0a"));
        List<Bytes> out = new ArrayList<>();
        assertThat(mapper.write(read(json, attachments).readTree(), out).utf8())
                .isEqualTo("[{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]");
        assertThat(out).containsExactly(Bytes.hex("0b"), Bytes.hex("0a"));
    }

    @Test
    void takesTheLastOfDuplicateMembers() {
        String json = "{\"x\":1,\"y\":2,\"x\":3}";
        assertThat(read(json).readAs(Point.class)).isEqualTo(new Point(3, 2));
        assertThat(read(json).readAny()).isEqualTo(Map.of("x", 3, "y", 2));
        assertThat(read(json).readTree().get("x").intValue()).isEqualTo(3);
    }

    @Test
    void ignoresUnknownMembers() {
        assertThat(read("{\"x\":1,\"?\":{\"a\":[]},\"y\":2.5}").readAs(Point.class))
                .isEqualTo(new Point(1, 2.5));
    }

    @Test
    void takesWholeFractionsForWholeNumbers() {
        assertThat(read("{\"x\":1.0,\"y\":2}").readAs(Point.class)).isEqualTo(new Point(1, 2));
        assertThat(read("[1.0]").readAs(Integer[].class)).containsExactly(1);
    }
}
