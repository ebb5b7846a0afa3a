package dev.weft.json;

import dev.weft.bytes.Bytes;
import java.util.List;

/**
 * The only door to JSON. Binary values ({@code byte[]}, {@link java.nio.ByteBuffer}, {@link Bytes}) nested anywhere
 * leave and enter as attachments: the JSON holds {@code {"_placeholder":true,"num":n}} in their place (Socket.IO v5,
 * "Packet encoding"). Thread-safe.
 */
public interface JsonMapper {
    /** Returns the mapper over Jackson that Weft uses unless told otherwise. */
    static JsonMapper standard() {
        return JacksonJsonMapper.STANDARD;
    }

    /** Returns such a mapper that reads at most {@code maxDepth} arrays and objects within each other; others 100. */
    static JsonMapper standard(int maxDepth) {
        return maxDepth == JsonLimits.DEPTH ? standard() : new JacksonJsonMapper(maxDepth);
    }

    /**
     * Writes {@code value} as compact JSON in UTF-8 and adds the binary values it holds to {@code attachments}.
     *
     * @throws dev.weft.json.UnwritableValueException if a value has no JSON form
     */
    Bytes write(Object value, List<Bytes> attachments);

    /** Reads one JSON value, which {@link #check} has accepted, with its attachments. */
    ValueReader reader(Bytes json, List<Bytes> attachments);

    /**
     * Reads the arguments in array {@code json}, which {@link #check} has accepted: returns a reader that has entered the
     * array and passed its first {@code skipped} elements, such as the name of an event. Its paths count from the first
     * argument.
     */
    ValueReader arguments(Bytes json, List<Bytes> attachments, int skipped);

    /**
     * Checks that {@code json} is one well-formed JSON value within the limits and that its placeholders name each of
     * {@code attachments} attachments exactly once. Bounded by the length of {@code json}.
     *
     * @throws MalformedJsonException if not
     */
    void check(Bytes json, int attachments);
}
