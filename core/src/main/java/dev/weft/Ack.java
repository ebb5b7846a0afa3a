package dev.weft;

import org.jspecify.annotations.Nullable;

/**
 * The reply slot of one event, to be used once from any thread; later uses do nothing. A slot not used within the
 * acknowledgement deadline answers with an error.
 *
 * @param <T> the type of the answer
 */
public interface Ack<T> {
    /** Sends the answer. */
    void send(@Nullable T value);

    /** Sends an error answer. */
    void fail(Problem problem);

    /** Returns whether the client waits for an answer. */
    boolean wanted();
}
