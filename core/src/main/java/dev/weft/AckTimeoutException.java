package dev.weft;

/** A client did not acknowledge an event within the deadline. */
public final class AckTimeoutException extends WeftException {
    private static final long serialVersionUID = 1L;

    /** Creates the failure. */
    public AckTimeoutException(String message) {
        super(message);
    }
}
