package dev.weft.packet;

import dev.weft.Arguments;
import dev.weft.bytes.Bytes;
import dev.weft.json.BadValueException;
import dev.weft.json.JsonMapper;
import dev.weft.json.ValueReader;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arguments over the JSON of a packet, decoded when asked for. Immutable and thread-safe. */
public final class PayloadArguments implements Arguments {
    private static final int UNKNOWN = -1;

    private final JsonMapper mapper;
    private final Bytes json;
    private final List<Bytes> attachments;
    private final int skipped;

    /** Counted when first asked for; threads that race count the same. */
    private int size = UNKNOWN;

    private PayloadArguments(JsonMapper mapper, Bytes json, List<Bytes> attachments, int skipped) {
        this.mapper = mapper;
        this.json = json;
        this.attachments = List.copyOf(attachments);
        this.skipped = skipped;
    }

    /**
     * Returns the elements of array {@code json}, which {@link JsonMapper#check} has accepted.
     *
     * @param skipped how many leading elements are no arguments: 1 for an event, 0 for an acknowledgement
     */
    public static PayloadArguments of(JsonMapper mapper, Bytes json, List<Bytes> attachments, int skipped) {
        return new PayloadArguments(mapper, json, attachments, skipped);
    }

    /** Returns one argument: the checked JSON value {@code json}, such as the payload of a CONNECT packet. */
    public static PayloadArguments single(JsonMapper mapper, Bytes json) {
        byte[] array = new byte[json.size() + 2];
        array[0] = '[';
        json.copyTo(array, 1);
        array[array.length - 1] = ']';
        return new PayloadArguments(mapper, Bytes.wrap(array), List.of(), 0);
    }

    /** Returns no arguments. */
    public static PayloadArguments empty(JsonMapper mapper) {
        return new PayloadArguments(mapper, Bytes.utf8("[]"), List.of(), 0);
    }

    @Override
    public int size() {
        int known = size;
        if (known == UNKNOWN) {
            known = 0;
            for (ValueReader in = reader(); in.hasNext(); in.skip()) {
                known++;
            }
            size = known;
        }
        return known;
    }

    @Override
    public <T> T get(int index, Class<T> type) {
        return required(index).readAs(type);
    }

    @Override
    public Object get(int index, Type type) {
        return required(index).readAs(type);
    }

    @Override
    public @Nullable Object get(int index) {
        ValueReader in = at(index);
        return in == null ? null : in.readAny();
    }

    private ValueReader required(int index) {
        ValueReader in = at(index);
        if (in == null) {
            throw new BadValueException("$[" + index + "]", "required");
        }
        return in;
    }

    /** Returns a reader before argument {@code index}, or null if there is no such argument. */
    private @Nullable ValueReader at(int index) {
        ValueReader in = reader();
        for (int i = 0; i < index && in.hasNext(); i++) {
            in.skip();
        }
        return index >= 0 && in.hasNext() ? in : null;
    }

    @Override
    public List<@Nullable Object> toList() {
        List<@Nullable Object> list = new ArrayList<>();
        for (ValueReader in = reader(); in.hasNext(); ) {
            list.add(in.readAny());
        }
        return Collections.unmodifiableList(list);
    }

    @Override
    public ValueReader reader() {
        return mapper.arguments(json, attachments, skipped);
    }
}
