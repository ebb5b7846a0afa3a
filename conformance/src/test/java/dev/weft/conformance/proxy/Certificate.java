package dev.weft.conformance.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.conformance.client.Program;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate for 127.0.0.1 that signs itself, as the files that programs want. */
record Certificate(Path chain, Path key, Path chainAndKey, SSLContext trust) {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String PASSWORD = "changeit";

    /** Made once, and gone with the JVM. */
    static final Certificate SHARED = create();

    private static Certificate create() {
        try {
            Path folder = Files.createTempDirectory("weft-certificate");
            Path store = folder.resolve("store.p12");
            makePair(folder, store);
            KeyStore keys = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(store)) {
                keys.load(in, PASSWORD.toCharArray());
            }
            String chain = pem("CERTIFICATE", keys.getCertificate("test").getEncoded());
            Key secret = keys.getKey("test", PASSWORD.toCharArray());
            String key = pem("PRIVATE KEY", secret.getEncoded());
            Certificate made = new Certificate(
                    Files.writeString(folder.resolve("chain.pem"), chain),
                    Files.writeString(folder.resolve("key.pem"), key),
                    Files.writeString(folder.resolve("both.pem"), chain + key),
                    trusting(keys));
            deleteAtExit(folder, store, made.chain, made.key, made.chainAndKey);
            return made;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("cannot make a certificate", e);
        }
    }

    private static void makePair(Path folder, Path store) {
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        List<String> command = List.of(
                keytool.toString(),
                "-genkeypair",
                "-alias",
                "test",
                "-keyalg",
                "EC",
                "-validity",
                "2",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=ip:127.0.0.1,dns:localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD);
        Program made = Program.run(folder, LIMIT, line -> {}, command);
        assertThat(made.status()).as(made.output()).isZero();
    }

    private static String pem(String kind, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n";
    }

    private static SSLContext trusting(KeyStore keys) throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("test", keys.getCertificate("test"));
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    /** The folder first: the last one named is the first one deleted. */
    private static void deleteAtExit(Path... files) {
        for (Path file : files) {
            file.toFile().deleteOnExit();
        }
    }
}
