package dev.weft;

import org.jspecify.annotations.Nullable;

/**
 * A failure that a client is told: {@code {"$error":{"code","message","data"}}} as the only argument of the
 * acknowledgement.
 *
 * @param code a stable word for programs
 * @param message a sentence for people
 * @param data what else the client may know
 */
public record Problem(String code, String message, @Nullable Object data) {
    /** The payload has the wrong shape or breaks a constraint; data is a list of {@code {path, rule}}. */
    public static final String BAD_REQUEST = "BAD_REQUEST";
    /** The caller may not do this. */
    public static final String FORBIDDEN = "FORBIDDEN";
    /** What the caller names does not exist. */
    public static final String NOT_FOUND = "NOT_FOUND";
    /** The payload exceeds a limit; data tells it. */
    public static final String TOO_LARGE = "TOO_LARGE";
    /** The handler failed; nothing more is told. */
    public static final String INTERNAL = "INTERNAL";

    /** Creates a problem without data. */
    public Problem(String code, String message) {
        this(code, message, null);
    }

    /** Returns an exception that a handler throws to answer with this problem. */
    public ProblemException asException() {
        return new ProblemException(this);
    }
}
