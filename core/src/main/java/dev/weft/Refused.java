package dev.weft;

import org.jspecify.annotations.Nullable;

/** Thrown by an {@link Authorizer} or a namespace middleware to refuse a client: it gets a CONNECT_ERROR packet. */
public class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable Object data;

    /** Creates a refusal; the client sees {@code message}. */
    public Refused(String message) {
        this(message, null);
    }

    /** Creates a refusal; the client sees {@code message} and {@code data}. */
    public Refused(String message, @Nullable Object data) {
        super(message);
        this.data = data;
    }

    /** Returns what the client is told beside the message. */
    public @Nullable Object data() {
        return data;
    }
}
