package dev.weft.json;

import dev.weft.bytes.Bytes;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/** JSON through Jackson 3, set up so that values look as a JavaScript client expects them. Thread-safe. */
final class JacksonJsonMapper implements JsonMapper {
    static final JsonMapper STANDARD = new JacksonJsonMapper(JsonLimits.DEPTH);

    private static final int POOLED_BUFFERS = 64;

    private final int maxDepth;
    private final tools.jackson.databind.json.JsonMapper jackson;
    private final ObjectReader reader;
    private final ObjectWriter writer;
    private final ConcurrentMap<Type, ObjectReader> readers = new ConcurrentHashMap<>();

    JacksonJsonMapper(int maxDepth) {
        this.maxDepth = maxDepth;
        jackson = jackson(maxDepth);
        reader = jackson.reader();
        writer = jackson.writer();
    }

    /** Buffers come from one bounded pool: a buffer a thread would multiply by the number of virtual threads. */
    private static JsonFactory factory(int maxDepth) {
        return JsonFactory.builder()
                .recyclerPool(JsonRecyclerPools.newBoundedPool(POOLED_BUFFERS))
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(maxDepth)
                        .maxStringLength(JsonLimits.STRING)
                        .maxNameLength(JsonLimits.NAME)
                        .maxNumberLength(JsonLimits.NUMBER)
                        .build())
                .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                .disable(JsonWriteFeature.ESCAPE_FORWARD_SLASHES, JsonWriteFeature.WRITE_HEX_UPPER_CASE)
                .build();
    }

    private static tools.jackson.databind.json.JsonMapper jackson(int maxDepth) {
        SimpleModule module = new SimpleModule("weft").setSerializerModifier(new TagWriter.Modifier());
        return tools.jackson.databind.json.JsonMapper.builder(factory(maxDepth))
                .annotationIntrospector(new RecordConventions())
                .addModule(WholeNumberDeserializer.addTo(BytesCodec.addTo(module)))
                .withCoercionConfig(
                        LogicalType.Textual,
                        text -> text.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail))
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS, MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT, DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .disable(SerializationFeature.FLUSH_AFTER_WRITE_VALUE)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .disable(EnumFeature.READ_ENUMS_USING_TO_STRING, EnumFeature.WRITE_ENUMS_USING_TO_STRING)
                .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS, DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .disable(DateTimeFeature.READ_DATE_TIMESTAMPS_AS_NANOSECONDS)
                .build();
    }

    @Override
    public Bytes write(Object value, List<Bytes> attachments) {
        int before = attachments.size();
        PayloadOutput out = new PayloadOutput();
        try (JsonGenerator generator = new PayloadGenerator(writer.createGenerator(out), attachments)) {
            writer.writeValue(generator, value);
        } catch (JacksonException | UncheckedIOException | StackOverflowError e) {
            attachments.subList(before, attachments.size()).clear();
            throw unwritable(value, e);
        }
        return out.bytes();
    }

    private static UnwritableValueException unwritable(Object value, Throwable cause) {
        String reason = cause instanceof JacksonException jackson ? jackson.getOriginalMessage() : cause.toString();
        return new UnwritableValueException(
                "a value in " + describe(value) + " has no JSON form (" + reason
                        + "); send records, maps, lists, strings, numbers, enums or binary",
                cause);
    }

    /** The values of an event travel in an array, which nobody has written. */
    private static String describe(Object value) {
        return value instanceof Object[] values
                ? Arrays.stream(values)
                        .map(each -> each == null ? "null" : each.getClass().getName())
                        .collect(Collectors.joining(", ", "[", "]"))
                : value.getClass().getName();
    }

    @Override
    public ValueReader reader(Bytes json, List<Bytes> attachments) {
        return new JacksonValueReader(this, json, List.copyOf(attachments), 0);
    }

    @Override
    public ValueReader arguments(Bytes json, List<Bytes> attachments, int skipped) {
        JacksonValueReader arguments = new JacksonValueReader(this, json, List.copyOf(attachments), skipped);
        arguments.beginArray();
        for (int i = 0; i < skipped && arguments.hasNext(); i++) {
            arguments.skip();
        }
        return arguments;
    }

    @Override
    public void check(Bytes json, int attachments) {
        placeholders(json, attachments);
    }

    /** Returns where the placeholder of each attachment begins. */
    int[] placeholders(Bytes json, int attachments) {
        return JsonCheck.placeholders(json, attachments, maxDepth);
    }

    JsonParser parser(Bytes json) {
        return json.read(reader::createParser);
    }

    ObjectReader reader() {
        return reader;
    }

    /** Returns the reader of a type of the application, of which there are few. */
    ObjectReader readerFor(Type type) {
        return readers.computeIfAbsent(type, t -> reader.forType(jackson.constructType(t)));
    }
}
