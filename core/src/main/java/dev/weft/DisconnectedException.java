package dev.weft;

/** The client that should have answered is gone. */
public final class DisconnectedException extends WeftException {
    private static final long serialVersionUID = 1L;

    /** Creates the failure. */
    public DisconnectedException(String message) {
        super(message);
    }
}
