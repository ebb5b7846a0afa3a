package dev.weft.json;

/** A value that an application wants to send has no JSON form. */
public final class UnwritableValueException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates the failure; {@code message} names the type and what to do. */
    public UnwritableValueException(String message, Throwable cause) {
        super(message, cause);
    }
}
