package dev.weft.net;

/** What an {@link Outbox} tells its peer's side. Called without its lock. */
public interface OutboxEvents {
    /** The limit is reached; nothing is accepted any more. */
    void overflow();

    /** A write failed; nothing is accepted any more. */
    void failed(Throwable cause);

    /** The last item has been written. */
    void finished();
}
