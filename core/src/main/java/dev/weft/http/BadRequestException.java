package dev.weft.http;

import dev.weft.HttpResponse;

/**
 * The peer sent what HTTP or a limit does not allow. Where the next request starts is unknown then, so whoever catches it
 * sends {@link #response()} and closes the connection. Without a stack trace: it is made at the pace of the peer.
 */
public final class BadRequestException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * Creates the failure.
     *
     * @param status the status to answer
     * @param message a short sentence that the peer sees; it never repeats what the peer sent
     */
    public BadRequestException(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    /** Returns the status to answer, for example 400 or 431. */
    public int status() {
        return status;
    }

    /** Returns the answer, with {@code Connection: close}. */
    public HttpResponse response() {
        return HttpResponse.text(status, String.valueOf(getMessage())).with("Connection", "close");
    }
}
