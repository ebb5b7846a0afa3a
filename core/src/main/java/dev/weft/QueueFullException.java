package dev.weft;

/** A message to one client was refused: {@link OverflowPolicy#BLOCK} applied, and no room came in time. */
public final class QueueFullException extends WeftException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public QueueFullException(String message) {
        super(message);
    }
}
