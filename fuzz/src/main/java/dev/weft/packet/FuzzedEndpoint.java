package dev.weft.packet;

import dev.weft.annotation.Endpoint;
import dev.weft.annotation.Json;
import dev.weft.annotation.MaxSize;
import dev.weft.annotation.OnMessage;
import dev.weft.bytes.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Handlers with every kind of argument; each answers with what it got. */
@Endpoint("/")
public final class FuzzedEndpoint {
    /** A value of an enumeration. */
    public enum Colour {
        RED,
        GREEN,
        BLUE
    }

    /** A record with one of everything simple. */
    public record Simple(
            boolean flag, byte b, short s, int i, long l, float f, double d, char c, String text, Colour colour) {}

    /** A record with what may be missing, and with what holds others. */
    public record Nested(
            @Nullable Simple maybe,
            Optional<String> optional,
            List<Simple> list,
            Map<String, Integer> map,
            Set<Colour> set,
            Instant time,
            UUID id,
            Bytes bytes) {}

    /** One of several records. */
    public sealed interface Shape {
        /** A circle. */
        record Circle(double radius) implements Shape {}

        /** A label. */
        record Label(String text, Bytes picture) implements Shape {}
    }

    /** A type for data binding. */
    @Json
    public record Bound(String name, List<Integer> numbers, Map<String, Object> rest) {}

    /** Creates the handlers. */
    public FuzzedEndpoint() {}

    @OnMessage("simple")
    Simple simple(Simple value) {
        return value;
    }

    @OnMessage("nested")
    Nested nested(Nested value) {
        return value;
    }

    @OnMessage("shape")
    Shape shape(Shape value) {
        return value;
    }

    @OnMessage("shapes")
    List<Shape> shapes(List<Shape> values) {
        return values;
    }

    @OnMessage("bound")
    Bound bound(Bound value) {
        return value;
    }

    @OnMessage("many")
    List<Object> many(int i, @Nullable String text, boolean flag, Optional<Double> d) {
        return List.of(i, text == null ? "" : text, d.orElse(0.0), flag);
    }

    @OnMessage("lists")
    List<Object> lists(List<Integer> numbers, Set<String> texts, List<List<Double>> matrix) {
        return List.of(numbers, texts, matrix);
    }

    @OnMessage("bytes")
    @MaxSize(300)
    Bytes bytes(Bytes value, byte[] more) {
        return value.size() > more.length ? value : Bytes.copyOf(more);
    }
}
