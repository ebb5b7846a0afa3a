package dev.weft.net;

import dev.weft.OverflowPolicy;
import org.jspecify.annotations.Nullable;

/**
 * How an item is to be queued in an {@link Outbox}.
 *
 * @param overflow what it meets at a full queue
 * @param control whether the protocol needs it: it never waits, and is never dropped
 * @param holdBack whether the owner of the outbox waits afterwards while much waits, so that no limit applies to it
 * @param key what identifies an older item that this one replaces if it still waits, or null
 * @param waitNanos how long {@link OverflowPolicy#BLOCK} waits
 */
public record Delivery(
        OverflowPolicy overflow,
        boolean control,
        boolean holdBack,
        @Nullable Object key,
        long waitNanos) {
    /** Something that the protocol needs. */
    public static final Delivery CONTROL = new Delivery(OverflowPolicy.CLOSE, true, true, null, 0);

    /** Something that the protocol needs, one of many copies. */
    public static final Delivery CONTROL_COPY = new Delivery(OverflowPolicy.CLOSE, true, false, null, 0);

    /** Returns how to queue what the application sends to one peer. */
    public static Delivery data(OverflowPolicy overflow, long waitNanos) {
        return new Delivery(overflow, false, true, null, waitNanos);
    }

    /** Returns how to queue one of many copies: the owner never waits behind it. */
    public Delivery copy() {
        return new Delivery(overflow, control, false, key, waitNanos);
    }

    /** Returns how to queue what replaces an older item with the same key. */
    public Delivery latest(Object newKey) {
        return new Delivery(overflow, control, false, newKey, waitNanos);
    }

    /** Returns how to queue what may wait for at most {@code nanos}. */
    public Delivery waiting(long nanos) {
        return new Delivery(overflow, control, holdBack, key, nanos);
    }

    boolean blocks() {
        return overflow == OverflowPolicy.BLOCK && !control;
    }

    boolean droppable() {
        return overflow == OverflowPolicy.DROP_OLDEST && !control;
    }

    /** Whether droppable items make room for it. */
    boolean dropsOthers() {
        return overflow == OverflowPolicy.DROP_OLDEST || control;
    }
}
