package dev.weft.conformance.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.HttpResponse;
import dev.weft.WeftException;
import dev.weft.faults.RawConnection;
import dev.weft.faults.RawHttp;
import dev.weft.faults.RawTls;
import dev.weft.server.Tls;
import dev.weft.server.Weft;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where certificates come from, what is said about files that will not do, and how they are renewed. */
@Timeout(60)
class CertificatesTest {
    @TempDir
    static Path folder;

    private static final Map<String, Keys> KEYS = new HashMap<>();

    @BeforeAll
    static void make() throws Exception {
        for (String algorithm : new String[] {"RSA", "EC", "Ed25519"}) {
            KEYS.put(algorithm, Keys.make(folder.resolve(algorithm), algorithm));
        }
    }

    private static Keys keys(String algorithm) {
        Keys keys = KEYS.get(algorithm);
        assertThat(keys).isNotNull();
        return keys;
    }

    private static Weft start(Tls tls) {
        return Weft.builder()
                .host("127.0.0.1")
                .port(0)
                .tls(tls)
                .http("/", request -> HttpResponse.text(200, "here"))
                .start();
    }

    /** Returns the name on the certificate that the server shows to a new client, whom it also answers. */
    private static String nameShownBy(Weft server) throws IOException {
        try (SSLSocket tls = RawTls.over(RawTls.tcp(server.port(), 0))) {
            RawConnection connection = RawConnection.over(tls).send(RawHttp.get("/"));
            assertThat(RawHttp.read(connection).text()).isEqualTo("here");
            X509Certificate shown = (X509Certificate) tls.getSession().getPeerCertificates()[0];
            return shown.getSubjectX500Principal().getName();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void comeFromPemFiles(String algorithm) throws IOException {
        Keys keys = keys(algorithm);
        try (Weft server = start(Tls.pem(keys.chain(), keys.key()))) {
            assertThat(nameShownBy(server)).isEqualTo("CN=" + algorithm);
        }
    }

    @Test
    void comeFromAKeyStore() throws IOException {
        try (Weft server = start(Tls.keyStore(keys("EC").store(), Keys.PASSWORD.toCharArray()))) {
            assertThat(nameShownBy(server)).isEqualTo("CN=EC");
        }
    }

    @Test
    void areMadeForDevelopment() throws IOException {
        try (Weft server = start(Tls.selfSigned())) {
            assertThat(nameShownBy(server)).isEqualTo("CN=localhost");
        }
    }

    @Test
    void comeWithAContextOfTheApplication() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
        managers.init(
                KeyStore.getInstance(keys("RSA").store().toFile(), Keys.PASSWORD.toCharArray()),
                Keys.PASSWORD.toCharArray());
        context.init(managers.getKeyManagers(), null, null);
        try (Weft server = start(Tls.context(context))) {
            assertThat(nameShownBy(server)).isEqualTo("CN=RSA");
        }
    }

    @Test
    void areReadAgainWhileConnectionsGoOn() throws IOException {
        Path chain = folder.resolve("live-chain.pem");
        Path key = folder.resolve("live-key.pem");
        install(keys("EC"), chain, key);
        Tls tls = Tls.pem(chain, key);
        try (Weft server = start(tls);
                RawConnection old = RawTls.open(server.port())) {
            assertThat(nameShownBy(server)).isEqualTo("CN=EC");
            install(keys("RSA"), chain, key);
            assertThat(nameShownBy(server)).isEqualTo("CN=EC");
            tls.reload();
            assertThat(nameShownBy(server)).isEqualTo("CN=RSA");

            Files.writeString(chain, "half a cert");
            assertThatThrownBy(tls::reload).isInstanceOf(WeftException.class).hasMessageContaining("live-chain.pem");
            assertThat(nameShownBy(server)).isEqualTo("CN=RSA");
            assertThat(RawHttp.read(old.send(RawHttp.get("/"))).text()).isEqualTo("here");
        }
    }

    private static void install(Keys keys, Path chain, Path key) throws IOException {
        Files.copy(keys.chain(), chain, StandardCopyOption.REPLACE_EXISTING);
        Files.copy(keys.key(), key, StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void aMissingFileIsNamed() {
        refused(folder.resolve("none.pem"), keys("EC").key(), "cannot read", "none.pem");
        refused(keys("EC").chain(), folder.resolve("none.pem"), "cannot read", "none.pem");
    }

    @Test
    void swappedFilesAreNoticed() {
        refused(keys("EC").key(), keys("EC").chain(), "expected a certificate", "found PRIVATE KEY", "fullchain.pem");
        refused(keys("EC").chain(), keys("EC").chain(), "expected a private key", "found CERTIFICATE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY"})
    void aKeyInAnotherFormGetsTheCommandThatConvertsIt(String label) throws IOException {
        Path key = Keys.pem(folder.resolve("other.pem"), label, new byte[] {1, 2, 3});
        refused(keys("EC").chain(), key, label, "openssl pkey -in " + key);
    }

    @Test
    void aKeyThatOldToolsHaveEncryptedGetsTheCommandThatConvertsIt() throws IOException {
        Path key = Files.writeString(
                folder.resolve("old.pem"),
                "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nAQID\n"
                        + "-----END RSA PRIVATE KEY-----\n");
        refused(keys("EC").chain(), key, "encrypted", "openssl pkey -in " + key);
    }

    @Test
    void aKeyOfAnotherCertificateIsNoticed() throws Exception {
        refused(keys("EC").chain(), keys("RSA").key(), "does not belong");
        refused(keys("EC").chain(), Keys.make(folder.resolve("EC2"), "EC").key(), "does not belong");
    }

    private static void refused(Path chain, Path key, String... words) {
        assertThatThrownBy(() -> Tls.pem(chain, key))
                .isInstanceOf(WeftException.class)
                .message()
                .contains(words);
    }

    @Test
    void aWrongPasswordIsNoticed() {
        assertThatThrownBy(() -> Tls.keyStore(keys("EC").store(), "wrong".toCharArray()))
                .isInstanceOf(WeftException.class)
                .hasMessageContaining("check the password");
        assertThatThrownBy(() -> Tls.keyStore(folder.resolve("none.p12"), "wrong".toCharArray()))
                .isInstanceOf(WeftException.class)
                .hasMessageContaining("cannot read key store");
    }
}
