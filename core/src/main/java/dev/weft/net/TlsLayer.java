package dev.weft.net;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * What the TLS connections of a server share: where certificates come from, and how many handshakes may compute at the same
 * time. Thread-safe.
 */
public final class TlsLayer {
    /** Older versions are broken (RFC 8996). */
    private static final Set<String> VERSIONS = Set.of("TLSv1.2", "TLSv1.3");

    private static final String[] APPLICATION_PROTOCOLS = {"http/1.1"};
    private static final String[] WITHOUT_RENEGOTIATION = {"TLSv1.3"};

    private final Supplier<SSLContext> contexts;
    private final Semaphore turns;

    /**
     * Creates the layer.
     *
     * @param contexts asked at every handshake
     * @param computing how many handshakes may compute at the same time, 1 or more
     */
    public TlsLayer(Supplier<SSLContext> contexts, int computing) {
        this.contexts = contexts;
        turns = new Semaphore(computing, true);
    }

    /** Returns the TLS versions among {@code versions} that are spoken. */
    public static String[] accepted(String[] versions) {
        return Arrays.stream(versions).filter(VERSIONS::contains).toArray(String[]::new);
    }

    Turn turn() {
        return new Turn(turns);
    }

    /** Returns how many handshakes could begin to compute now. */
    int freeTurns() {
        return turns.availablePermits();
    }

    /** Returns a socket, its handshake still to come, that speaks TLS through {@code below}. */
    SSLSocket over(Socket below, InputStream consumed) throws IOException {
        SSLSocket tls = (SSLSocket) contexts.get().getSocketFactory().createSocket(below, consumed, true);
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setProtocols(accepted(parameters.getProtocols()));
        parameters.setApplicationProtocols(APPLICATION_PROTOCOLS);
        tls.setSSLParameters(parameters);
        return tls;
    }

    /** A peer could make the server compute again and again (RFC 5246, section 7.4.1.1); TLS 1.3 has no renegotiation. */
    static void forbidRenegotiation(SSLSocket tls) {
        if (!tls.getSession().getProtocol().equals("TLSv1.3")) {
            tls.setEnabledProtocols(WITHOUT_RENEGOTIATION);
        }
    }
}
