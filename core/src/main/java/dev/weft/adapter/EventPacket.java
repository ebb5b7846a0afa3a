package dev.weft.adapter;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One event for many sockets: the values, for another node; its encoded form is made once, when first delivered. */
public interface EventPacket {
    /** Returns the name of the event. */
    String event();

    /** Returns the arguments. */
    List<@Nullable Object> args();

    /** Returns whether the event may be compressed. */
    default boolean compress() {
        return true;
    }
}
