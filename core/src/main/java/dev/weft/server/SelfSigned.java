package dev.weft.server;

import dev.weft.WeftException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A certificate for development. The JDK has no public way to make one but its {@code keytool}. */
final class SelfSigned {
    private static final int PASSWORD_BYTES = 16;
    private static final int LIMIT_SECONDS = 60;
    private static final String VALID_DAYS = "365";

    private SelfSigned() {}

    /** Makes a key and a certificate in a temporary file, which is gone afterwards. */
    static KeyMaterial make() {
        Path keytool = keytool();
        try {
            Path folder = Files.createTempDirectory("weft-tls");
            Path file = folder.resolve("self-signed.p12");
            try {
                String password = password();
                run(command(keytool, file), password);
                return KeyMaterial.ofFile(file, password.toCharArray());
            } finally {
                Files.deleteIfExists(file);
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new WeftException("cannot make a self-signed certificate: " + e.getMessage(), e);
        }
    }

    private static Path keytool() {
        Path folder = Path.of(System.getProperty("java.home"), "bin");
        for (String name : List.of("keytool", "keytool.exe")) {
            Path keytool = folder.resolve(name);
            if (Files.isExecutable(keytool)) {
                return keytool;
            }
        }
        throw new WeftException(
                "there is no keytool in " + folder + ", which makes self-signed certificates; run on a JDK,"
                        + " or pass a certificate with Tls.pem or Tls.keyStore");
    }

    private static List<String> command(Path keytool, Path file) {
        return List.of(
                keytool.toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost,ip:127.0.0.1,ip:::1",
                "-validity",
                VALID_DAYS,
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString());
    }

    private static String password() {
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /** The password goes through standard input: other users can see the arguments of a process. */
    private static void run(List<String> command, String password) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            process.getOutputStream().write((password + "\n" + password + "\n").getBytes(StandardCharsets.US_ASCII));
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new WeftException("keytool could not make a self-signed certificate: " + output.strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WeftException("interrupted while keytool made a self-signed certificate", e);
        } finally {
            process.destroyForcibly();
        }
    }
}
