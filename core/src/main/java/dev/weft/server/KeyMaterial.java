package dev.weft.server;

import dev.weft.WeftException;
import dev.weft.net.TlsLayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.util.Collections;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** Certificates with their private keys, and what makes a server's context of them. */
final class KeyMaterial {
    /** Chooses among several certificates by server name and validity. */
    private static final String BY_SERVER_NAME = "PKIX";

    private final KeyStore keys;
    private final char[] password;

    /** Creates the material of {@code keys}, which holds at least one private key; all have {@code password}. */
    KeyMaterial(KeyStore keys, char[] password) {
        this.keys = keys;
        this.password = password;
    }

    /** Reads a key store. */
    static KeyMaterial ofFile(Path file, char[] password) {
        if (!Files.isReadable(file)) {
            throw new WeftException("cannot read key store " + file
                    + "; pass an existing PKCS #12 or JKS file that this" + " user may read");
        }
        try {
            KeyStore keys = KeyStore.getInstance(file.toFile(), password);
            if (!holdsKey(keys)) {
                throw new WeftException(
                        "key store " + file + " holds no private key; put the server's key and certificate"
                                + " in: openssl pkcs12 -export -in fullchain.pem -inkey privkey.pem -out "
                                + file.getFileName());
            }
            return new KeyMaterial(keys, password);
        } catch (IOException | GeneralSecurityException e) {
            throw new WeftException(
                    "cannot open key store " + file + ": " + e.getMessage()
                            + "; check the password, and that the file is PKCS #12 or JKS (for PEM files use Tls.pem)",
                    e);
        }
    }

    private static boolean holdsKey(KeyStore keys) throws KeyStoreException {
        for (String alias : Collections.list(keys.aliases())) {
            if (keys.isKeyEntry(alias)) {
                return true;
            }
        }
        return false;
    }

    /** Returns a context that shows these certificates and asks clients for none. */
    static SSLContext context(KeyMaterial material) {
        try {
            KeyManagerFactory managers = KeyManagerFactory.getInstance(BY_SERVER_NAME);
            managers.init(material.keys, material.password);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), new TrustManager[0], null);
            return checked(context);
        } catch (GeneralSecurityException e) {
            throw new WeftException(
                    "the private key cannot be used: " + e.getMessage()
                            + "; if it is in a key store, its password must be that of the store",
                    e);
        }
    }

    /** Returns {@code context} if it can speak what is accepted. */
    static SSLContext checked(SSLContext context) {
        if (TlsLayer.accepted(context.getDefaultSSLParameters().getProtocols()).length == 0) {
            throw new WeftException("the SSLContext enables neither TLS 1.2 nor TLS 1.3; make it with"
                    + " SSLContext.getInstance(\"TLS\")");
        }
        return context;
    }
}
