package dev.weft;

import dev.weft.json.BadValueException;
import dev.weft.json.ValueReader;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The arguments of an event or of an acknowledgement, decoded when asked for. Immutable and thread-safe. */
public interface Arguments {
    /** Returns how many arguments there are. */
    int size();

    /**
     * Returns argument {@code index} (from 0) as a {@code type}.
     *
     * @throws BadValueException if there is no such argument or it does not fit the type
     */
    <T> T get(int index, Class<T> type);

    /**
     * Returns argument {@code index} (from 0) as a generic type.
     *
     * @throws BadValueException if there is no such argument or it does not fit the type
     */
    Object get(int index, Type type);

    /**
     * Returns argument {@code index} (from 0) as null, Boolean, Number, String, {@code byte[]}, List or Map; null if
     * there is no such argument.
     */
    @Nullable
    Object get(int index);

    /** Returns all arguments in the form of {@link #get(int)}. */
    List<@Nullable Object> toList();

    /** Returns a new reader that has entered the list of arguments: {@code hasNext}, then read the first. */
    ValueReader reader();
}
