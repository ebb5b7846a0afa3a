package dev.weft.json;

import dev.weft.bytes.Bytes;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.ValueInstantiationException;

/** What a failure of data binding tells a client: the path and the rule, no names of classes. */
final class BindingFailure {
    private static final Set<Class<?>> WHOLE =
            Set.of(byte.class, short.class, int.class, long.class, Byte.class, Short.class, Integer.class, Long.class);

    private BindingFailure() {}

    /** Returns what to throw for {@code failure}, which happened below {@code path}. */
    static RuntimeException of(JacksonException failure, ValuePath path) {
        if (failure instanceof InvalidDefinitionException) {
            return new IllegalArgumentException("cannot be read from JSON: " + failure.getOriginalMessage(), failure);
        }
        if (!(failure instanceof DatabindException || failure instanceof InputCoercionException)) {
            return malformed(failure);
        }
        path.down(failure);
        if (failure instanceof InvalidTypeIdException unknown) {
            return unknownTag(unknown, path);
        }
        return new BadValueException(path.toString(), rule(failure));
    }

    /** Returns what to throw for JSON that no check has seen; the text of Jackson's message would echo it. */
    static MalformedJsonException malformed(JacksonException failure) {
        long at = failure.getLocation() == null ? -1 : failure.getLocation().getByteOffset();
        return new MalformedJsonException(
                "expected well-formed JSON within the limits" + (at < 0 ? "" : " at byte " + at));
    }

    private static BadValueException unknownTag(InvalidTypeIdException failure, ValuePath path) {
        String expected = String.join(
                ", ", RecordConventions.tagsIfSealed(failure.getBaseType().getRawClass()));
        String rule = failure.getTypeId() == null ? "required" : "expected one of " + expected;
        return new BadValueException(path.member(RecordConventions.TAG).toString(), rule);
    }

    private static String rule(JacksonException failure) {
        if (failure instanceof ValueInstantiationException
                && failure.getCause() instanceof IllegalArgumentException cause
                && cause.getMessage() != null) {
            return cause.getMessage();
        }
        if (failure instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
            return mismatch(mismatch.getTargetType(), mismatch.getCurrentToken());
        }
        return failure instanceof InputCoercionException range ? expected(range.getTargetType()) : "not a valid value";
    }

    private static String mismatch(Class<?> target, @Nullable JsonToken token) {
        if (token == JsonToken.END_OBJECT) {
            return "required";
        }
        String actual = token == null ? "" : kind(token);
        return actual.isEmpty() ? expected(target) : expected(target) + " but was " + actual;
    }

    private static String expected(Class<?> type) {
        return "expected " + form(type);
    }

    private static String form(Class<?> type) {
        if (WHOLE.contains(type)) {
            return "a whole number within the range of its type";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return type == boolean.class ? "a boolean" : type == char.class ? "a single character" : "a number";
        }
        if (type == byte[].class || type == Bytes.class || ByteBuffer.class.isAssignableFrom(type)) {
            return "binary";
        }
        if (type.isEnum()) {
            return "one of " + constants(type);
        }
        return type.isArray() || Collection.class.isAssignableFrom(type) ? "an array" : named(type);
    }

    private static String named(Class<?> type) {
        return switch (type.getName()) {
            case "java.lang.String", "java.lang.CharSequence" -> "a string";
            case "java.lang.Boolean" -> "a boolean";
            case "java.lang.Character" -> "a single character";
            case "java.util.UUID" -> "a UUID";
            case "java.time.Instant" -> "an ISO 8601 time";
            default -> "a valid " + (type.getPackageName().startsWith("java.") ? type.getSimpleName() : "object");
        };
    }

    /** Returns the names of the constants of enum {@code type}. */
    static String constants(Class<?> type) {
        StringBuilder names = new StringBuilder();
        for (Object constant : type.getEnumConstants()) {
            names.append(names.isEmpty() ? "" : ", ").append(((Enum<?>) constant).name());
        }
        return names.toString();
    }

    /** Returns what {@code token} begins, in words. */
    static String kind(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            case VALUE_NULL -> "null";
            case VALUE_EMBEDDED_OBJECT -> "binary";
            default -> "";
        };
    }
}
