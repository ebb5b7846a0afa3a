package dev.weft.net;

import java.util.concurrent.atomic.LongAdder;

/**
 * What all outboxes of a server did not deliver.
 *
 * @param dropped items that were skipped, dropped, refused, or lost by an overflow
 * @param replaced items that a newer one with the same key replaced
 */
public record DropCounts(LongAdder dropped, LongAdder replaced) {
    /** Starts at zero. */
    public DropCounts() {
        this(new LongAdder(), new LongAdder());
    }
}
