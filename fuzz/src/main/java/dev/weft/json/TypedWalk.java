package dev.weft.json;

import dev.weft.fuzz.Expect;
import dev.weft.fuzz.Recipe;
import java.util.Map;
import tools.jackson.core.type.TypeReference;

/** Reads values with the types that a recipe chooses, whatever is there. */
final class TypedWalk {
    private static final int DEEPEST = 12;

    private final ValueReader in;
    private final Recipe recipe;

    private enum Colour {
        RED,
        GREEN
    }

    private record Point(int x, double y, String name) {}

    TypedWalk(ValueReader in, Recipe recipe) {
        this.in = in;
        this.recipe = recipe;
    }

    void value(int depth) {
        if (in.tryNull()) {
            return;
        }
        switch (recipe.below(22)) {
            case 0, 1 -> array(depth);
            case 2, 3 -> object(depth);
            case 4 -> in.readBoolean();
            case 5 -> in.readByte();
            case 6 -> in.readShort();
            case 7 -> in.readInt();
            case 8 -> in.readLong();
            case 9 -> Expect.that(Float.isFinite(in.readFloat()), "finite");
            case 10 -> Expect.that(Double.isFinite(in.readDouble()), "finite");
            case 11 -> in.readChar();
            case 12 -> in.readString();
            case 13 -> in.readBytes();
            case 14 -> in.readEnum(Colour.class);
            case 15 -> in.readInstant();
            case 16 -> in.readUuid();
            case 17 -> in.readTree();
            case 18 -> in.readAs(Point.class);
            case 19 -> in.readAs(new TypeReference<Map<String, byte[]>>() {});
            case 20 -> in.peekTag("type");
            default -> in.skip();
        }
    }

    private void array(int depth) {
        in.beginArray();
        while (in.hasNext()) {
            inner(depth);
        }
    }

    private void object(int depth) {
        in.beginObject();
        for (String name; (name = in.nextName()) != null; ) {
            Expect.that(name.length() <= JsonLimits.NAME, "the limit of names holds");
            inner(depth);
        }
    }

    private void inner(int depth) {
        if (depth == DEEPEST) {
            in.skip();
        } else {
            value(depth + 1);
        }
    }
}
