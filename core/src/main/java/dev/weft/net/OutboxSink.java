package dev.weft.net;

import java.io.IOException;
import java.util.List;

/**
 * Where the batches of an {@link Outbox} go.
 *
 * @param <T> what is queued
 */
public interface OutboxSink<T> {
    /** Writes the whole batch; may block. */
    void write(List<T> batch) throws IOException;

    /** Returns how many bytes one batch may hold; a larger single item makes a batch of its own. */
    default int batchBytes() {
        return Outbox.CORK_BYTES;
    }

    /** Returns whether the sink takes one batch only. */
    default boolean once() {
        return false;
    }
}
