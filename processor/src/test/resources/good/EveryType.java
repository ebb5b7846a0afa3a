package com.acme.types;

import dev.weft.annotation.Endpoint;
import dev.weft.annotation.Json;
import dev.weft.annotation.OnMessage;
import dev.weft.bytes.Bytes;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Every type that a packet argument can have. */
@Endpoint
public class EveryType {
    @OnMessage("primitives")
    String primitives(boolean a, byte b, short c, int d, long e, float f, double g, char h) {
        return "%s %s %s %s %s %s %s %s".formatted(a, b, c, d, e, f, g, h);
    }

    @OnMessage("boxes")
    String boxes(Boolean a, Byte b, Short c, Integer d, Long e, Float f, Double g, Character h) {
        return "%s %s %s %s %s %s %s %s".formatted(a, b, c, d, e, f, g, h);
    }

    @OnMessage("texts")
    String texts(String text, Color color, Instant at, UUID id) {
        return "%s %s %s %s".formatted(text, color, at, id);
    }

    @OnMessage("binary")
    String binary(byte[] array, ByteBuffer buffer, Bytes bytes) {
        return array.length + " " + buffer.remaining() + " " + bytes.size();
    }

    @OnMessage("trees")
    String trees(JsonNode tree, Object any, List<Object> anyList, Map<String, JsonNode> trees) {
        return "%s %s %s %s".formatted(tree, any, anyList, trees);
    }

    @OnMessage("collections")
    String collections(
            List<Point> points, Set<Color> colors, Map<String, Integer> counts, List<List<Point>> paths) {
        return "%s %s %s %s".formatted(points, colors, counts, paths);
    }

    @OnMessage("nullable")
    String nullable(@Nullable String first, List<@Nullable Point> points, @Nullable Integer last) {
        return "%s %s %s".formatted(first, points, last);
    }

    @OnMessage("record")
    Everything everything(Everything everything) {
        return everything;
    }

    @OnMessage("scalars")
    Scalars scalars(Scalars scalars) {
        return scalars;
    }

    @OnMessage("tree")
    Node node(Node node) {
        return node;
    }

    @OnMessage("shape")
    Shape shape(Shape shape) {
        return shape;
    }

    @OnMessage("empty")
    Empty empty(Empty empty) {
        return empty;
    }

    @OnMessage("databind")
    String databind(@Json BigDecimal price, Settings settings, @Json Map<Color, List<Integer>> palette) {
        return price + " " + settings.name + " " + palette;
    }

    @OnMessage("optionals")
    String optionals(Optional<Point> point, Optional<List<String>> names, Optional<Settings> settings) {
        return "%s %s %s".formatted(point, names, settings.map(each -> each.name));
    }

    @OnMessage("seat")
    Seat seat(Seat seat) {
        return seat;
    }

    @OnMessage("bound seat")
    Seat boundSeat(@Json Seat seat) {
        return seat;
    }

    @OnMessage("range")
    Range range(Range range) {
        return range;
    }

    /** Names that the decoder itself would like to use. */
    @OnMessage("clash")
    String clash(Clash in, String event) {
        return in + " " + event;
    }

    enum Color {
        RED,
        GREEN
    }

    record Point(int x, int y) {}

    record Everything(
            String text,
            @Nullable String note,
            Optional<Point> point,
            List<String> names,
            Map<String, Object> extra,
            @Json BigDecimal price,
            JsonNode tree,
            Bytes bytes,
            Color color,
            Integer boxed) {}

    record Scalars(boolean a, byte b, short c, int d, long e, float f, double g, char h) {}

    record Node(String value, List<Node> children) {}

    record Empty() {}

    record Seat(int row, String refusal, List<Seat> next) {
        Seat {
            if (row < 1) {
                throw new IllegalArgumentException("row must be above 0");
            }
            if (row == 13) {
                throw new IllegalArgumentException();
            }
        }
    }

    record Range(int from, int to) {
        Range(int from, int to) {
            if (from > to) {
                throw new IllegalArgumentException("from must not be above to");
            }
            this.from = from;
            this.to = to;
        }

        Range(int to) {
            this(0, to);
        }
    }

    record Clash(String in, int member, String name, boolean hasMember) {}

    sealed interface Shape permits Circle, Polygon {}

    record Circle(double radius) implements Shape {}

    sealed interface Polygon extends Shape permits Square {}

    record Square(double side) implements Polygon {}

    @Json
    public static class Settings {
        public String name = "";
    }
}
