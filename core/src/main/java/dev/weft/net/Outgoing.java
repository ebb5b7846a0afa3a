package dev.weft.net;

/** Something that waits in an {@link Outbox}: immutable, shared by all its recipients. */
public interface Outgoing {
    /** Returns how many bytes count against the limit of the outbox. */
    int size();
}
