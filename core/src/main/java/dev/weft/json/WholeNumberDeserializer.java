package dev.weft.json;

import java.util.List;
import java.util.function.LongFunction;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.jdk.NumberDeserializers;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.module.SimpleModule;

/** Takes 1.0 for 1, as JavaScript has one type of number, and leaves everything else to Jackson, which rejects 1.5. */
final class WholeNumberDeserializer<T> extends StdScalarDeserializer<T> {
    private final ValueDeserializer<T> standard;
    private final long min;
    private final long max;
    private final LongFunction<T> narrow;

    private WholeNumberDeserializer(
            Class<T> type, ValueDeserializer<T> standard, long min, long max, LongFunction<T> narrow) {
        super(type);
        this.standard = standard;
        this.min = min;
        this.max = max;
        this.narrow = narrow;
    }

    static SimpleModule addTo(SimpleModule module) {
        long exact = 1L << 53;
        add(module, byte.class, Byte.class, Byte.MIN_VALUE, Byte.MAX_VALUE, n -> (byte) n);
        add(module, short.class, Short.class, Short.MIN_VALUE, Short.MAX_VALUE, n -> (short) n);
        add(module, int.class, Integer.class, Integer.MIN_VALUE, Integer.MAX_VALUE, n -> (int) n);
        add(module, long.class, Long.class, -exact, exact, n -> n);
        return module;
    }

    private static <T> void add(
            SimpleModule module, Class<T> primitive, Class<T> boxed, long min, long max, LongFunction<T> narrow) {
        for (Class<T> type : List.of(primitive, boxed)) {
            @SuppressWarnings("unchecked")
            ValueDeserializer<T> standard = (ValueDeserializer<T>) NumberDeserializers.find(type);
            module.addDeserializer(type, new WholeNumberDeserializer<>(type, standard, min, max, narrow));
        }
    }

    @Override
    public T deserialize(JsonParser in, DeserializationContext context) {
        if (in.hasToken(JsonToken.VALUE_NUMBER_FLOAT)) {
            double value = in.getDoubleValue();
            if (value == Math.rint(value) && value >= min && value <= max) {
                return narrow.apply((long) value);
            }
        }
        return standard.deserialize(in, context);
    }

    @Override
    public Object getNullValue(DeserializationContext context) {
        return standard.getNullValue(context);
    }

    @Override
    public Object getAbsentValue(DeserializationContext context) {
        return standard.getAbsentValue(context);
    }
}
