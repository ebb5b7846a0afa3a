package dev.weft.json;

/** Bytes that should be JSON are not, or exceed a limit of nesting or length. */
public final class MalformedJsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates the failure; {@code message} says what was expected and what came. */
    public MalformedJsonException(String message) {
        super(message, null, false, false);
    }
}
