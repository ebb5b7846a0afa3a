package dev.weft.json;

import dev.weft.bytes.Bytes;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/**
 * Reads one payload value by value, front to back, whatever its encoding. Generated code decodes records with it.
 *
 * <p>Every {@code read…} method consumes one whole value. A value of the wrong kind, or out of the range of the type,
 * is a {@link BadValueException} that names the path. Not thread-safe; a reader belongs to one dispatch.
 *
 * <pre>{@code
 * in.beginObject();
 * for (String name; (name = in.nextName()) != null; ) {
 *     switch (name) {
 *         case "x" -> x = in.readDouble();
 *         default -> in.skip();
 *     }
 * }
 * }</pre>
 */
public interface ValueReader {
    /** Enters the array that comes next. */
    void beginArray();

    /** Returns whether the current array has another element; leaves the array when it has none. */
    boolean hasNext();

    /** Enters the object that comes next. */
    void beginObject();

    /** Returns the name of the next member of the current object, or null at its end, which also leaves it. */
    @Nullable
    String nextName();

    /** Consumes the next value if it is null; returns whether it was. */
    boolean tryNull();

    /** Reads a boolean. */
    boolean readBoolean();

    /** Reads a whole number from -128 to 127. */
    byte readByte();

    /** Reads a whole number from -32768 to 32767. */
    short readShort();

    /** Reads a whole number within the range of {@code int}. */
    int readInt();

    /** Reads a whole number within the range of {@code long}. */
    long readLong();

    /** Reads a finite number as the nearest {@code float}. */
    float readFloat();

    /** Reads a finite number as the nearest {@code double}. */
    double readDouble();

    /** Reads a string of exactly one UTF-16 unit. */
    char readChar();

    /** Reads a string. */
    String readString();

    /** Reads binary: an attachment of the packet. */
    Bytes readBytes();

    /** Reads a string that equals the name of one of the constants. */
    <E extends Enum<E>> E readEnum(Class<E> type);

    /** Reads an ISO 8601 string, or a number of milliseconds since 1970. */
    Instant readInstant();

    /** Reads a string in the canonical form of a UUID. */
    UUID readUuid();

    /** Reads any value as a tree; the only way to get one. */
    JsonNode readTree();

    /** Reads any value as null, Boolean, Number, String, {@code byte[]}, List or Map, keeping the order of members. */
    @Nullable
    Object readAny();

    /** Reads any value into {@code type} through data binding. */
    <T> T readAs(Class<T> type);

    /** Reads any value into a generic type through data binding. */
    Object readAs(Type type);

    /** Reads any value into the generic type that {@code type} holds, through data binding. */
    @SuppressWarnings("unchecked") // a TypeReference is the only way to name a generic type that the compiler checks
    default <T> T readAs(TypeReference<T> type) {
        return (T) readAs(type.getType());
    }

    /**
     * Returns the string value of member {@code name} of the object that comes next, without consuming anything; the
     * tag that chooses one of several records.
     */
    String peekTag(String name);

    /** Consumes the next value, whatever it is. */
    void skip();

    /** Returns a failure at the value read last, or at the member being read, that names the rule it broke. */
    BadValueException bad(String rule);

    /** Returns a failure that says that member {@code name} of the object left last is required. */
    BadValueException missing(String name);
}
