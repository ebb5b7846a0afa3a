package dev.weft.conformance;

/**
 * Where an app listens. Immutable.
 *
 * @param host the address to bind
 * @param port the port, 0 for any free one
 * @param tls whether it speaks TLS, with a certificate that it signs itself
 */
public record Settings(String host, int port, boolean tls) {
    /** Returns settings for any free port of the loopback address. */
    public static Settings anyPort() {
        return new Settings("127.0.0.1", 0, false);
    }

    /** Returns the same over TLS. */
    public Settings overTls() {
        return new Settings(host, port, true);
    }
}
