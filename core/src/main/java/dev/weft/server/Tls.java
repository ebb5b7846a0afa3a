package dev.weft.server;

import dev.weft.WeftException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;

/**
 * The certificate of a server, for {@link WeftBuilder#tls}. Versions 1.2 and 1.3 are spoken, and {@code http/1.1} is the
 * only protocol that ALPN agrees on; cipher suites and session tickets are those of the JDK. Thread-safe; one may serve
 * several servers.
 *
 * <pre>{@code
 * Tls tls = Tls.pem(Path.of("fullchain.pem"), Path.of("privkey.pem"));
 * Weft server = Weft.builder().tls(tls).port(443).discover().start();
 * }</pre>
 */
public final class Tls {
    private final Source source;
    private final AtomicReference<SSLContext> current;

    /** Where a certificate and its key come from. */
    @FunctionalInterface
    interface Source {
        /** Reads everything anew; throws a {@link WeftException} that says what to change. */
        SSLContext load();
    }

    private Tls(Source source) {
        this.source = source;
        current = new AtomicReference<>(source.load());
    }

    /**
     * Takes the certificate and its private key from PEM files, as certbot writes them.
     *
     * @param certificateChain the server's certificate, followed by those that lead to a root
     * @param privateKey an RSA, EC or Ed25519 key in PKCS #8 without a password
     * @throws WeftException if a file cannot be read or holds something else; the message says what to do
     */
    public static Tls pem(Path certificateChain, Path privateKey) {
        return new Tls(() -> KeyMaterial.context(PemFiles.read(certificateChain, privateKey)));
    }

    /**
     * Takes certificates and private keys from a key store of type PKCS #12 or JKS. If there are several, the client's
     * server name (SNI) chooses.
     *
     * @param password of the key store and its keys; copied and kept, since {@link #reload} needs it
     * @throws WeftException if the file cannot be read or holds no private key; the message says what to do
     */
    public static Tls keyStore(Path file, char[] password) {
        char[] kept = password.clone();
        return new Tls(() -> KeyMaterial.context(KeyMaterial.ofFile(file, kept)));
    }

    /**
     * Uses a context that the application has made. {@link #reload} changes nothing then.
     *
     * @throws WeftException if it speaks neither TLS 1.2 nor 1.3
     */
    public static Tls context(SSLContext context) {
        Objects.requireNonNull(context, "context");
        return new Tls(() -> KeyMaterial.checked(context));
    }

    /**
     * Makes a certificate for {@code localhost}, 127.0.0.1 and ::1 that nobody has signed, for development: clients warn or
     * refuse until they are told to trust it. Takes about a second, in the {@code keytool} of the running JDK.
     *
     * @throws WeftException if there is no {@code keytool}, or it fails
     */
    public static Tls selfSigned() {
        return new Tls(() -> KeyMaterial.context(SelfSigned.make()));
    }

    /**
     * Reads the files again; call it after they have been renewed. New connections get the new certificate, those that are
     * open go on. Blocks while it reads.
     *
     * @throws WeftException if the new files are not usable: then the old certificate stays
     */
    public void reload() {
        current.set(source.load());
    }

    SSLContext context() {
        return current.get();
    }
}
