package com.acme.types;

import dev.weft.Event;
import dev.weft.Socket;
import dev.weft.bytes.Bytes;
import dev.weft.dispatch.EndpointDispatcher;
import dev.weft.json.BadValueException;
import dev.weft.json.ValueReader;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.annotation.processing.Generated;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/** Calls the methods of {@link EveryType}. */
@Generated("dev.weft.processor.WeftProcessor")
final class EveryTypeDispatcher implements EndpointDispatcher {
    private final EveryType endpoint;

    EveryTypeDispatcher(EveryType endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public String namespace() {
        return "/";
    }

    @Override
    public boolean dispatch(Socket socket, Event event) throws Exception {
        switch (event.name()) {
            case "primitives" -> primitives(socket, event);
            case "boxes" -> boxes(socket, event);
            case "texts" -> texts(socket, event);
            case "binary" -> binary(socket, event);
            case "trees" -> trees(socket, event);
            case "collections" -> collections(socket, event);
            case "nullable" -> nullable(socket, event);
            case "record" -> everything(socket, event);
            case "scalars" -> scalars(socket, event);
            case "tree" -> node(socket, event);
            case "shape" -> shape(socket, event);
            case "empty" -> empty(socket, event);
            case "databind" -> databind(socket, event);
            case "optionals" -> optionals(socket, event);
            case "seat" -> seat(socket, event);
            case "bound seat" -> boundSeat(socket, event);
            case "range" -> range(socket, event);
            case "clash" -> clash(socket, event);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void primitives(Socket socket, Event event) throws Exception {
        ValueReader in = event.arguments().reader();
        boolean a = argument(in, 0).readBoolean();
        byte b = argument(in, 1).readByte();
        short c = argument(in, 2).readShort();
        int d = argument(in, 3).readInt();
        long e = argument(in, 4).readLong();
        float f = argument(in, 5).readFloat();
        double g = argument(in, 6).readDouble();
        char h = argument(in, 7).readChar();
        event.reply(endpoint.primitives(a, b, c, d, e, f, g, h));
    }

    private void boxes(Socket socket, Event event) throws Exception {
        ValueReader in = event.arguments().reader();
        Boolean a = argument(in, 0).readBoolean();
        Byte b = argument(in, 1).readByte();
        Short c = argument(in, 2).readShort();
        Integer d = argument(in, 3).readInt();
        Long e = argument(in, 4).readLong();
        Float f = argument(in, 5).readFloat();
        Double g = argument(in, 6).readDouble();
        Character h = argument(in, 7).readChar();
        event.reply(endpoint.boxes(a, b, c, d, e, f, g, h));
    }

    private void texts(Socket socket, Event event) throws Exception {
        ValueReader in = event.arguments().reader();
        String text = argument(in, 0).readString();
        EveryType.Color color = argument(in, 1).readEnum(EveryType.Color.class);
        Instant at = argument(in, 2).readInstant();
        UUID id = argument(in, 3).readUuid();
        event.reply(endpoint.texts(text, color, at, id));
    }

    private void binary(Socket socket, Event event) throws Exception {
        ValueReader in = event.arguments().reader();
        byte[] array = argument(in, 0).readBytes().toByteArray();
        ByteBuffer buffer = argument(in, 1).readBytes().asByteBuffer();
        Bytes bytes = argument(in, 2).readBytes();
        event.reply(endpoint.binary(array, buffer, bytes));
    }

    private void trees(Socket socket, Event event) throws Exception {
        ValueReader in = event.arguments().reader();
        JsonNode tree = readJsonNode(argument(in, 0));
        Object any = readObject(argument(in, 1));
        List<Object> anyList = readObjectList(argument(in, 2));
        Map<String, JsonNode> trees = readJsonNodeMap(argument(in, 3));
        event.reply(endpoint.trees(tree, any, anyList, trees));
    }

    private void collections(Socket socket, Event event) throws Exception {
        ValueReader in = event.arguments().reader();
        List<EveryType.Point> points = readPointList(argument(in, 0));
        Set<EveryType.Color> colors = readColorSet(argument(in, 1));
        Map<String, Integer> counts = readIntegerMap(argument(in, 2));
        List<List<EveryType.Point>> paths = readPointListList(argument(in, 3));
        event.reply(endpoint.collections(points, colors, counts, paths));
    }

    private void nullable(Socket socket, Event event) throws Exception {
        ValueReader in = event.arguments().reader();
        String first = argument(in, 0).tryNull() ? null : in.readString();
        List<EveryType.Point> points = readNullablePointList(argument(in, 1));
        Integer last = in.hasNext() && !in.tryNull() ? in.readInt() : null;
        event.reply(endpoint.nullable(first, points, last));
    }

    private void everything(Socket socket, Event event) throws Exception {
        ValueReader in = event.arguments().reader();
        EveryType.Everything everything = readEverything(argument(in, 0));
        event.reply(endpoint.everything(everything));
    }

    private void scalars(Socket socket, Event event) throws Exception {
        ValueReader in = event.arguments().reader();
        EveryType.Scalars scalars = readScalars(argument(in, 0));
        event.reply(endpoint.scalars(scalars));
    }

    private void node(Socket socket, Event event) throws Exception {
        ValueReader in = event.arguments().reader();
        EveryType.Node node = readNode(argument(in, 0));
        event.reply(endpoint.node(node));
    }

    private void shape(Socket socket, Event event) throws Exception {
        ValueReader in = event.arguments().reader();
        EveryType.Shape shape = readShape(argument(in, 0));
        event.reply(endpoint.shape(shape));
    }

    private void empty(Socket socket, Event event) throws Exception {
        ValueReader in = event.arguments().reader();
        EveryType.Empty empty = readEmpty(argument(in, 0));
        event.reply(endpoint.empty(empty));
    }

    private void databind(Socket socket, Event event) throws Exception {
        ValueReader in = event.arguments().reader();
        BigDecimal price = argument(in, 0).readAs(BigDecimal.class);
        EveryType.Settings settings = argument(in, 1).readAs(EveryType.Settings.class);
        Map<EveryType.Color, List<Integer>> palette =
                argument(in, 2).readAs(new TypeReference<Map<EveryType.Color, List<Integer>>>() {});
        event.reply(endpoint.databind(price, settings, palette));
    }

    private void optionals(Socket socket, Event event) throws Exception {
        ValueReader in = event.arguments().reader();
        boolean hasPoint = in.hasNext();
        Optional<EveryType.Point> point = hasPoint && !in.tryNull() ? Optional.of(readPoint(in)) : Optional.empty();
        boolean hasNames = hasPoint && in.hasNext();
        Optional<List<String>> names = hasNames && !in.tryNull() ? Optional.of(readStringList(in)) : Optional.empty();
        Optional<EveryType.Settings> settings = Optional.empty();
        if (hasNames && in.hasNext() && !in.tryNull()) {
            settings = Optional.of(in.readAs(EveryType.Settings.class));
        }
        event.reply(endpoint.optionals(point, names, settings));
    }

    private void seat(Socket socket, Event event) throws Exception {
        ValueReader in = event.arguments().reader();
        EveryType.Seat seat = readSeat(argument(in, 0));
        event.reply(endpoint.seat(seat));
    }

    private void boundSeat(Socket socket, Event event) throws Exception {
        ValueReader in = event.arguments().reader();
        EveryType.Seat seat = argument(in, 0).readAs(EveryType.Seat.class);
        event.reply(endpoint.boundSeat(seat));
    }

    private void range(Socket socket, Event event) throws Exception {
        ValueReader in = event.arguments().reader();
        EveryType.Range range = readRange(argument(in, 0));
        event.reply(endpoint.range(range));
    }

    private void clash(Socket socket, Event event) throws Exception {
        ValueReader in = event.arguments().reader();
        EveryType.Clash in2 = readClash(argument(in, 0));
        String event2 = argument(in, 1).readString();
        event.reply(endpoint.clash(in2, event2));
    }

    private static JsonNode readJsonNode(ValueReader in) {
        if (in.tryNull()) {
            throw in.bad("required");
        }
        return in.readTree();
    }

    private static Object readObject(ValueReader in) {
        if (in.tryNull()) {
            throw in.bad("required");
        }
        return in.readAny();
    }

    private static List<Object> readObjectList(ValueReader in) {
        List<Object> values = new ArrayList<>();
        in.beginArray();
        while (in.hasNext()) {
            values.add(in.readAny());
        }
        return values;
    }

    private static Map<String, JsonNode> readJsonNodeMap(ValueReader in) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        in.beginObject();
        for (String member; (member = in.nextName()) != null; ) {
            values.put(member, in.readTree());
        }
        return values;
    }

    private static List<EveryType.Point> readPointList(ValueReader in) {
        List<EveryType.Point> values = new ArrayList<>();
        in.beginArray();
        while (in.hasNext()) {
            values.add(readPoint(in));
        }
        return values;
    }

    private static Set<EveryType.Color> readColorSet(ValueReader in) {
        Set<EveryType.Color> values = new LinkedHashSet<>();
        in.beginArray();
        while (in.hasNext()) {
            values.add(in.readEnum(EveryType.Color.class));
        }
        return values;
    }

    private static Map<String, Integer> readIntegerMap(ValueReader in) {
        Map<String, Integer> values = new LinkedHashMap<>();
        in.beginObject();
        for (String member; (member = in.nextName()) != null; ) {
            values.put(member, in.readInt());
        }
        return values;
    }

    private static List<List<EveryType.Point>> readPointListList(ValueReader in) {
        List<List<EveryType.Point>> values = new ArrayList<>();
        in.beginArray();
        while (in.hasNext()) {
            values.add(readPointList(in));
        }
        return values;
    }

    private static List<EveryType.Point> readNullablePointList(ValueReader in) {
        List<EveryType.Point> values = new ArrayList<>();
        in.beginArray();
        while (in.hasNext()) {
            values.add(in.tryNull() ? null : readPoint(in));
        }
        return values;
    }

    private static EveryType.Everything readEverything(ValueReader in) {
        String text = null;
        String note = null;
        Optional<EveryType.Point> point = Optional.empty();
        List<String> names = null;
        Map<String, Object> extra = null;
        BigDecimal price = null;
        JsonNode tree = null;
        Bytes bytes = null;
        EveryType.Color color = null;
        Integer boxed = null;
        in.beginObject();
        for (String member; (member = in.nextName()) != null; ) {
            switch (member) {
                case "text" -> text = in.readString();
                case "note" -> note = in.tryNull() ? null : in.readString();
                case "point" -> point = in.tryNull() ? Optional.empty() : Optional.of(readPoint(in));
                case "names" -> names = readStringList(in);
                case "extra" -> extra = readObjectMap(in);
                case "price" -> price = in.readAs(BigDecimal.class);
                case "tree" -> tree = readJsonNode(in);
                case "bytes" -> bytes = in.readBytes();
                case "color" -> color = in.readEnum(EveryType.Color.class);
                case "boxed" -> boxed = in.readInt();
                default -> in.skip();
            }
        }
        if (text == null) {
            throw in.missing("text");
        }
        if (names == null) {
            throw in.missing("names");
        }
        if (extra == null) {
            throw in.missing("extra");
        }
        if (price == null) {
            throw in.missing("price");
        }
        if (tree == null) {
            throw in.missing("tree");
        }
        if (bytes == null) {
            throw in.missing("bytes");
        }
        if (color == null) {
            throw in.missing("color");
        }
        if (boxed == null) {
            throw in.missing("boxed");
        }
        return new EveryType.Everything(text, note, point, names, extra, price, tree, bytes, color, boxed);
    }

    private static EveryType.Scalars readScalars(ValueReader in) {
        boolean a = false;
        boolean hasA = false;
        byte b = 0;
        boolean hasB = false;
        short c = 0;
        boolean hasC = false;
        int d = 0;
        boolean hasD = false;
        long e = 0;
        boolean hasE = false;
        float f = 0;
        boolean hasF = false;
        double g = 0;
        boolean hasG = false;
        char h = '\0';
        boolean hasH = false;
        in.beginObject();
        for (String member; (member = in.nextName()) != null; ) {
            switch (member) {
                case "a" -> {
                    a = in.readBoolean();
                    hasA = true;
                }
                case "b" -> {
                    b = in.readByte();
                    hasB = true;
                }
                case "c" -> {
                    c = in.readShort();
                    hasC = true;
                }
                case "d" -> {
                    d = in.readInt();
                    hasD = true;
                }
                case "e" -> {
                    e = in.readLong();
                    hasE = true;
                }
                case "f" -> {
                    f = in.readFloat();
                    hasF = true;
                }
                case "g" -> {
                    g = in.readDouble();
                    hasG = true;
                }
                case "h" -> {
                    h = in.readChar();
                    hasH = true;
                }
                default -> in.skip();
            }
        }
        if (!hasA) {
            throw in.missing("a");
        }
        if (!hasB) {
            throw in.missing("b");
        }
        if (!hasC) {
            throw in.missing("c");
        }
        if (!hasD) {
            throw in.missing("d");
        }
        if (!hasE) {
            throw in.missing("e");
        }
        if (!hasF) {
            throw in.missing("f");
        }
        if (!hasG) {
            throw in.missing("g");
        }
        if (!hasH) {
            throw in.missing("h");
        }
        return new EveryType.Scalars(a, b, c, d, e, f, g, h);
    }

    private static EveryType.Node readNode(ValueReader in) {
        String value = null;
        List<EveryType.Node> children = null;
        in.beginObject();
        for (String member; (member = in.nextName()) != null; ) {
            switch (member) {
                case "value" -> value = in.readString();
                case "children" -> children = readNodeList(in);
                default -> in.skip();
            }
        }
        if (value == null) {
            throw in.missing("value");
        }
        if (children == null) {
            throw in.missing("children");
        }
        return new EveryType.Node(value, children);
    }

    private static EveryType.Shape readShape(ValueReader in) {
        return switch (in.peekTag("type")) {
            case "circle" -> readCircle(in);
            case "square" -> readSquare(in);
            default -> throw in.bad("type must be one of: circle, square");
        };
    }

    private static EveryType.Empty readEmpty(ValueReader in) {
        in.beginObject();
        for (String member; (member = in.nextName()) != null; ) {
            in.skip();
        }
        return new EveryType.Empty();
    }

    private static EveryType.Point readPoint(ValueReader in) {
        int x = 0;
        boolean hasX = false;
        int y = 0;
        boolean hasY = false;
        in.beginObject();
        for (String member; (member = in.nextName()) != null; ) {
            switch (member) {
                case "x" -> {
                    x = in.readInt();
                    hasX = true;
                }
                case "y" -> {
                    y = in.readInt();
                    hasY = true;
                }
                default -> in.skip();
            }
        }
        if (!hasX) {
            throw in.missing("x");
        }
        if (!hasY) {
            throw in.missing("y");
        }
        return new EveryType.Point(x, y);
    }

    private static List<String> readStringList(ValueReader in) {
        List<String> values = new ArrayList<>();
        in.beginArray();
        while (in.hasNext()) {
            values.add(in.readString());
        }
        return values;
    }

    private static EveryType.Seat readSeat(ValueReader in) {
        int row = 0;
        boolean hasRow = false;
        String refusal = null;
        List<EveryType.Seat> next = null;
        in.beginObject();
        for (String member; (member = in.nextName()) != null; ) {
            switch (member) {
                case "row" -> {
                    row = in.readInt();
                    hasRow = true;
                }
                case "refusal" -> refusal = in.readString();
                case "next" -> next = readSeatList(in);
                default -> in.skip();
            }
        }
        if (!hasRow) {
            throw in.missing("row");
        }
        if (refusal == null) {
            throw in.missing("refusal");
        }
        if (next == null) {
            throw in.missing("next");
        }
        try {
            return new EveryType.Seat(row, refusal, next);
        } catch (IllegalArgumentException refusal2) {
            throw in.bad(refusal2.getMessage() == null ? "not a valid value" : refusal2.getMessage());
        }
    }

    private static EveryType.Range readRange(ValueReader in) {
        int from = 0;
        boolean hasFrom = false;
        int to = 0;
        boolean hasTo = false;
        in.beginObject();
        for (String member; (member = in.nextName()) != null; ) {
            switch (member) {
                case "from" -> {
                    from = in.readInt();
                    hasFrom = true;
                }
                case "to" -> {
                    to = in.readInt();
                    hasTo = true;
                }
                default -> in.skip();
            }
        }
        if (!hasFrom) {
            throw in.missing("from");
        }
        if (!hasTo) {
            throw in.missing("to");
        }
        try {
            return new EveryType.Range(from, to);
        } catch (IllegalArgumentException refusal) {
            throw in.bad(refusal.getMessage() == null ? "not a valid value" : refusal.getMessage());
        }
    }

    private static EveryType.Clash readClash(ValueReader in) {
        String in2 = null;
        int member2 = 0;
        boolean hasMember2 = false;
        String name = null;
        boolean hasMember = false;
        boolean hasHasMember = false;
        in.beginObject();
        for (String member; (member = in.nextName()) != null; ) {
            switch (member) {
                case "in" -> in2 = in.readString();
                case "member" -> {
                    member2 = in.readInt();
                    hasMember2 = true;
                }
                case "name" -> name = in.readString();
                case "hasMember" -> {
                    hasMember = in.readBoolean();
                    hasHasMember = true;
                }
                default -> in.skip();
            }
        }
        if (in2 == null) {
            throw in.missing("in");
        }
        if (!hasMember2) {
            throw in.missing("member");
        }
        if (name == null) {
            throw in.missing("name");
        }
        if (!hasHasMember) {
            throw in.missing("hasMember");
        }
        return new EveryType.Clash(in2, member2, name, hasMember);
    }

    private static Map<String, Object> readObjectMap(ValueReader in) {
        Map<String, Object> values = new LinkedHashMap<>();
        in.beginObject();
        for (String member; (member = in.nextName()) != null; ) {
            values.put(member, in.readAny());
        }
        return values;
    }

    private static List<EveryType.Node> readNodeList(ValueReader in) {
        List<EveryType.Node> values = new ArrayList<>();
        in.beginArray();
        while (in.hasNext()) {
            values.add(readNode(in));
        }
        return values;
    }

    private static EveryType.Circle readCircle(ValueReader in) {
        double radius = 0;
        boolean hasRadius = false;
        in.beginObject();
        for (String member; (member = in.nextName()) != null; ) {
            switch (member) {
                case "radius" -> {
                    radius = in.readDouble();
                    hasRadius = true;
                }
                default -> in.skip();
            }
        }
        if (!hasRadius) {
            throw in.missing("radius");
        }
        return new EveryType.Circle(radius);
    }

    private static EveryType.Square readSquare(ValueReader in) {
        double side = 0;
        boolean hasSide = false;
        in.beginObject();
        for (String member; (member = in.nextName()) != null; ) {
            switch (member) {
                case "side" -> {
                    side = in.readDouble();
                    hasSide = true;
                }
                default -> in.skip();
            }
        }
        if (!hasSide) {
            throw in.missing("side");
        }
        return new EveryType.Square(side);
    }

    private static List<EveryType.Seat> readSeatList(ValueReader in) {
        List<EveryType.Seat> values = new ArrayList<>();
        in.beginArray();
        while (in.hasNext()) {
            values.add(readSeat(in));
        }
        return values;
    }

    private static ValueReader argument(ValueReader in, int index) {
        if (!in.hasNext()) {
            throw new BadValueException("$[" + index + "]", "required");
        }
        return in;
    }
}
