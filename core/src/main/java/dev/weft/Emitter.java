package dev.weft;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Emits events to one client. Operators return a new emitter and change nothing; the last word is {@code emit…}.
 * Thread-safe.
 */
public interface Emitter {
    /** Returns an emitter whose acknowledgements must come within {@code deadline}; more than zero. */
    Emitter timeout(Duration deadline);

    /**
     * Returns an emitter whose events are not sent to a client that has anything undelivered. An event with an
     * acknowledgement is never volatile.
     */
    Emitter asVolatile();

    /**
     * Returns an emitter whose events may be compressed, as they may by default, or not: for secrets, and for what is
     * compressed already. Matters only where {@code Options.compression} is on.
     */
    Emitter compress(boolean compress);

    /**
     * Returns an emitter whose event replaces an older one with the same {@code key}, in this namespace, that still waits to be
     * sent: for state of which only the newest value matters. It takes the place of the older one in the queue, so it comes no
     * later than that would have, and may come before events emitted between the two. Emitting it never waits on the thread of
     * the client's own handler. An event with an acknowledgement replaces nothing. The last one of {@code latest} and {@link
     * #asVolatile} counts.
     */
    Emitter latest(String key);

    /**
     * Sends an event. On the thread of the client's own handler it blocks while the client reads slowly; from other
     * threads it only queues. Does nothing before the socket is connected, that is in a {@link Namespace.Middleware}, and
     * once it is disconnected.
     *
     * @param args values with a JSON form, an array variable for several; {@code byte[]} nested anywhere travels as binary
     * @throws QueueFullException if the namespace says {@link OverflowPolicy#BLOCK} and no room came in time
     * @throws IllegalArgumentException if the protocol reserves the name
     * @throws dev.weft.json.UnwritableValueException if an argument has no JSON form
     */
    void emit(String event, @Nullable Object... args);

    /**
     * Sends an event and blocks until the client acknowledges it. A handler may wait for its own client.
     *
     * @throws AckTimeoutException if no answer came within the deadline
     * @throws DisconnectedException if the socket is not connected or disconnects while waiting
     * @throws WeftException if {@code maxPendingAcks} acknowledgements are waited for, or the thread was interrupted
     * @throws IllegalArgumentException if the protocol reserves the name
     * @throws dev.weft.json.UnwritableValueException if an argument has no JSON form
     */
    Arguments emitWithAck(String event, @Nullable Object... args);

    /**
     * Sends an event and returns at once; the future completes with the acknowledgement or one of the failures of
     * {@link #emitWithAck}. Its dependents run on a virtual thread of their own. A handler may wait for it, with {@code get}
     * or {@code join} of the future or of what is chained to it; of a future made otherwise ({@code allOf}) it may not.
     */
    CompletableFuture<Arguments> emitAsync(String event, @Nullable Object... args);
}
