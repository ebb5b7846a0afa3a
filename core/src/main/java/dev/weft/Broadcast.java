package dev.weft;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Recipients, narrowed step by step, then an event. Every operator returns a new broadcast and changes nothing. The
 * union of the rooms minus the union of the excepts gets the event, each socket once; no rooms means the whole
 * namespace. Thread-safe; emitting never waits for a recipient, unless the
 * namespace says {@link OverflowPolicy#BLOCK}, and then for all of them together at most {@code blockTimeout}.
 */
public interface Broadcast {
    /** Adds rooms. */
    Broadcast to(String... rooms);

    /** Adds rooms; another name of {@link #to}. */
    default Broadcast in(String... rooms) {
        return to(rooms);
    }

    /** Leaves out the members of rooms. */
    Broadcast except(String... rooms);

    /** Stays on this node. */
    Broadcast local();

    /** Skips recipients that have anything undelivered. */
    Broadcast asVolatile();

    /**
     * Sets whether the event may be compressed, as it may by default: not for secrets and what is compressed already. Matters
     * only where {@code Options.compression} is on.
     */
    Broadcast compress(boolean compress);

    /**
     * Lets the event replace, at every recipient, an older one with the same {@code key} that still waits to be sent; see {@link
     * Emitter#latest}.
     */
    Broadcast latest(String key);

    /** Sets how long acknowledgements may take; more than zero. */
    Broadcast timeout(Duration deadline);

    /**
     * Sends the event, encoded once, to every recipient. Two broadcasts from one thread arrive in order.
     *
     * @throws IllegalArgumentException if the protocol reserves the name
     * @throws dev.weft.json.UnwritableValueException if an argument has no JSON form and anybody is to get it
     */
    void emit(String event, @Nullable Object... args);

    /**
     * Sends the event and blocks until every recipient has acknowledged, is gone, or the deadline has passed. Never fails
     * for missing answers: the result names who is missing. {@link #asVolatile} and {@link #latest} do not matter here.
     *
     * @throws IllegalArgumentException if the protocol reserves the name
     * @throws dev.weft.json.UnwritableValueException if an argument has no JSON form and anybody is to get it
     * @throws WeftException if the thread was interrupted
     */
    Replies<Arguments> emitWithAck(String event, @Nullable Object... args);
}
