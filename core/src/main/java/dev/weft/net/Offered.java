package dev.weft.net;

/** What became of an item offered to an {@link Outbox}. */
public enum Offered {
    /** It waits to be written. */
    ACCEPTED,
    /** There was no room in time; later there may be. */
    FULL,
    /** Nothing is accepted any more. */
    CLOSED;

    /** Returns whether the item waits to be written. */
    public boolean accepted() {
        return this == ACCEPTED;
    }
}
