package dev.weft.json;

import dev.weft.bytes.Bytes;
import java.lang.reflect.Type;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.databind.JsonNode;

/** Reads values from the tokens of Jackson's streaming parser. */
final class JacksonValueReader implements ValueReader {
    private static final int UUID_LENGTH = 36;
    private static final int SHOWN_NUMBER = 24;

    private final JacksonJsonMapper mapper;
    private final PayloadTokens tokens;
    private final int skipped;

    JacksonValueReader(JacksonJsonMapper mapper, Bytes json, List<Bytes> attachments, int skipped) {
        this.mapper = mapper;
        this.tokens = new PayloadTokens(mapper, json, attachments);
        this.skipped = skipped;
    }

    @Override
    public void beginArray() {
        expect(JsonToken.START_ARRAY, "an array");
    }

    @Override
    public boolean hasNext() {
        if (tokens.peek() != JsonToken.END_ARRAY) {
            return true;
        }
        tokens.next();
        tokens.done();
        return false;
    }

    @Override
    public void beginObject() {
        expect(JsonToken.START_OBJECT, "an object");
    }

    @Override
    public @Nullable String nextName() {
        return tokens.nextName();
    }

    @Override
    public boolean tryNull() {
        if (tokens.peek() != JsonToken.VALUE_NULL) {
            return false;
        }
        tokens.next();
        tokens.done();
        return true;
    }

    @Override
    public boolean readBoolean() {
        JsonToken token = tokens.next();
        if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
            throw mismatch("a boolean", token);
        }
        tokens.done();
        return token == JsonToken.VALUE_TRUE;
    }

    @Override
    public byte readByte() {
        return (byte) whole(Byte.MIN_VALUE, Byte.MAX_VALUE);
    }

    @Override
    public short readShort() {
        return (short) whole(Short.MIN_VALUE, Short.MAX_VALUE);
    }

    @Override
    public int readInt() {
        return (int) whole(Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    @Override
    public long readLong() {
        return whole(Long.MIN_VALUE, Long.MAX_VALUE);
    }

    private long whole(long min, long max) {
        JsonToken token = tokens.next();
        long value;
        if (token == JsonToken.VALUE_NUMBER_INT && tokens.isLong()) {
            value = tokens.longValue();
        } else if (token == JsonToken.VALUE_NUMBER_FLOAT && JavaScriptNumber.isWhole(tokens.doubleValue())) {
            value = (long) tokens.doubleValue();
        } else if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
            throw notWhole(min, max);
        } else {
            throw mismatch("a number", token);
        }
        if (value < min || value > max) {
            throw notWhole(min, max);
        }
        tokens.done();
        return value;
    }

    private BadValueException notWhole(long min, long max) {
        return bad("expected a whole number from " + min + " to " + max + " but was " + shownNumber());
    }

    private String shownNumber() {
        String text = tokens.text();
        return text.length() > SHOWN_NUMBER ? text.substring(0, SHOWN_NUMBER) + "…" : text;
    }

    @Override
    public float readFloat() {
        number();
        float value = tokens.floatValue();
        if (!Float.isFinite(value)) {
            throw bad("expected a number within the range of a float but was " + shownNumber());
        }
        tokens.done();
        return value;
    }

    @Override
    public double readDouble() {
        number();
        double value = finite();
        tokens.done();
        return value;
    }

    private void number() {
        JsonToken token = tokens.next();
        if (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_NUMBER_FLOAT) {
            throw mismatch("a number", token);
        }
    }

    private double finite() {
        double value = tokens.doubleValue();
        if (!Double.isFinite(value)) {
            throw bad("expected a number within the range of a double but was " + shownNumber());
        }
        return value;
    }

    @Override
    public char readChar() {
        String text = readString();
        if (text.length() != 1) {
            throw bad("expected a single character but was a string of " + text.length());
        }
        return text.charAt(0);
    }

    @Override
    public String readString() {
        return string("a string");
    }

    private String string(String expected) {
        JsonToken token = tokens.next();
        if (token != JsonToken.VALUE_STRING) {
            throw mismatch(expected, token);
        }
        String text = tokens.text();
        tokens.done();
        return text;
    }

    @Override
    public Bytes readBytes() {
        JsonToken token = tokens.next();
        if (token != JsonToken.VALUE_EMBEDDED_OBJECT) {
            throw mismatch("binary", token);
        }
        tokens.done();
        return tokens.attachment();
    }

    @Override
    public <E extends Enum<E>> E readEnum(Class<E> type) {
        String name = readString();
        try {
            return Enum.valueOf(type, name);
        } catch (IllegalArgumentException e) {
            throw bad("expected one of " + BindingFailure.constants(type));
        }
    }

    @Override
    public Instant readInstant() {
        try {
            if (tokens.peek() == JsonToken.VALUE_NUMBER_INT || tokens.peek() == JsonToken.VALUE_NUMBER_FLOAT) {
                return Instant.ofEpochMilli(readLong());
            }
            return Instant.parse(string("an ISO 8601 time"));
        } catch (DateTimeException e) {
            throw bad("expected an ISO 8601 time such as 2026-01-31T12:00:00Z");
        }
    }

    @Override
    public UUID readUuid() {
        String text = string("a UUID");
        try {
            UUID uuid = UUID.fromString(text);
            if (text.length() == UUID_LENGTH && uuid.toString().equalsIgnoreCase(text)) {
                return uuid;
            }
        } catch (IllegalArgumentException e) {
            throw bad("expected a UUID");
        }
        throw bad("expected a UUID");
    }

    @Override
    public JsonNode readTree() {
        return (JsonNode) bind(JsonNode.class);
    }

    @Override
    public @Nullable Object readAny() {
        Object value = any(tokens.next());
        tokens.done();
        return value;
    }

    private @Nullable Object any(JsonToken token) {
        return switch (token) {
            case VALUE_NULL -> null;
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_STRING -> tokens.text();
            case VALUE_NUMBER_INT -> tokens.number();
            case VALUE_NUMBER_FLOAT -> finite();
            case VALUE_EMBEDDED_OBJECT -> tokens.attachment().toByteArray();
            case START_ARRAY -> list();
            case START_OBJECT -> map();
            default -> throw mismatch("a value", token);
        };
    }

    private List<@Nullable Object> list() {
        List<@Nullable Object> list = new ArrayList<>();
        for (JsonToken token; (token = tokens.next()) != JsonToken.END_ARRAY; ) {
            list.add(any(token));
        }
        return list;
    }

    private Map<String, @Nullable Object> map() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (String name; (name = tokens.nextName()) != null; ) {
            map.put(name, any(tokens.next()));
        }
        return map;
    }

    @Override
    @SuppressWarnings("unchecked") // Class.cast refuses int.class
    public <T> T readAs(Class<T> type) {
        return (T) bind(type);
    }

    @Override
    public Object readAs(Type type) {
        return bind(type);
    }

    private Object bind(Type type) {
        JsonToken token = tokens.peek();
        if (token.isStructEnd() || token == JsonToken.NOT_AVAILABLE) {
            throw mismatch("a value", token);
        }
        TokenStreamContext enclosing = tokens.enclosing();
        Object value;
        try {
            value = tokens.bind(mapper.readerFor(type));
        } catch (JacksonException e) {
            throw BindingFailure.of(e, new ValuePath(skipped).to(enclosing));
        }
        if (value == null) {
            throw bad("expected a value but was null");
        }
        return value;
    }

    @Override
    public String peekTag(String name) {
        JsonToken token = tokens.peek();
        if (token != JsonToken.START_OBJECT) {
            throw mismatch("an object", token);
        }
        JsonToken tag = tokens.member(name);
        if (tag == JsonToken.NOT_AVAILABLE) {
            throw missing(name);
        }
        if (tag != JsonToken.VALUE_STRING) {
            throw new BadValueException(
                    path().member(name).toString(), "expected a string but was " + BindingFailure.kind(tag));
        }
        return tokens.memberText();
    }

    @Override
    public void skip() {
        JsonToken token = tokens.next();
        if (token.isStructEnd() || token == JsonToken.NOT_AVAILABLE) {
            throw mismatch("a value", token);
        }
        tokens.skipChildren();
        tokens.done();
    }

    @Override
    public BadValueException bad(String rule) {
        return new BadValueException(path().toString(), rule);
    }

    @Override
    public BadValueException missing(String name) {
        return new BadValueException(path().member(name).toString(), "required");
    }

    private ValuePath path() {
        return new ValuePath(skipped).to(tokens.context());
    }

    private void expect(JsonToken expected, String what) {
        JsonToken token = tokens.next();
        if (token != expected) {
            throw mismatch(what, token);
        }
    }

    private BadValueException mismatch(String expected, JsonToken token) {
        String actual = BindingFailure.kind(token);
        if (!actual.isEmpty()) {
            return bad("expected " + expected + " but was " + actual);
        }
        TokenStreamContext ended = tokens.endedArray();
        ValuePath path = ended == null ? path() : new ValuePath(skipped).after(ended);
        return new BadValueException(path.toString(), "expected " + expected + " but there is none");
    }
}
