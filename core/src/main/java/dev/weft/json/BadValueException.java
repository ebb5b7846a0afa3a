package dev.weft.json;

/**
 * A payload does not have the shape that its reader expects. The client gets the path and the rule in an error
 * acknowledgement with code {@code BAD_REQUEST}; the handler is not called.
 */
public final class BadValueException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String path;
    private final String rule;

    /**
     * Creates the failure.
     *
     * @param path where, counted from the list of arguments, for example {@code $[0].dx}
     * @param rule what was expected, for example {@code expected a number but was a string}
     */
    public BadValueException(String path, String rule) {
        super(path + ": " + rule, null, false, false);
        this.path = path;
        this.rule = rule;
    }

    /** Returns where the value is, counted from the list of arguments: {@code $[0].dx}. */
    public String path() {
        return path;
    }

    /** Returns what was expected. */
    public String rule() {
        return rule;
    }
}
