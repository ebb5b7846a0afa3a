package dev.weft.conformance;

/**
 * Where an app listens. Immutable.
 *
 * @param host the address to bind
 * @param port the port, 0 for any free one
 */
public record Settings(String host, int port) {
    /** Returns settings for any free port of the loopback address. */
    public static Settings anyPort() {
        return new Settings("127.0.0.1", 0);
    }
}
