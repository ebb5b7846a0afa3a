package dev.weft;

/** A failure that an application can see; the message says what was expected, what came, and what to do. */
public class WeftException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates the failure. */
    public WeftException(String message) {
        super(message);
    }

    /** Creates the failure with what caused it. */
    public WeftException(String message, Throwable cause) {
        super(message, cause);
    }
}
