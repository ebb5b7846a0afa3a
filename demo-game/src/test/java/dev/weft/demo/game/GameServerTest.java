package dev.weft.demo.game;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.faults.RawTls;
import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The game as a process of its own, as Maven starts it. */
class GameServerTest {
    private static final int SIGTERM_EXIT = 128 + 15;

    @ParameterizedTest
    @CsvSource({"http, false", "https, true"})
    void printsOneUrlServesThePageThereAndEndsOnSigterm(String scheme, boolean tls) throws Exception {
        Process game = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dport=0",
                        "-Dtls=" + tls,
                        "-classpath",
                        System.getProperty("java.class.path"),
                        GameServer.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = game.inputReader()) {
            String line = out.readLine();
            assertThat(line).matches("Loom is ready: " + scheme + "://localhost:[1-9]\\d*/");
            URI url = URI.create(line.substring(line.indexOf("http")));
            assertThat(get(url)).contains("<title>Loom</title>");
            assertThat(get(url.resolve("vendor/socket.io.min.js"))).contains("Socket.IO v4.");
            game.toHandle().destroy(); // Process.destroy would close the streams
            assertThat(game.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(game.exitValue()).isEqualTo(SIGTERM_EXIT);
            assertThat(out.readLine()).as("nothing else is printed").isNull();
        } finally {
            game.destroyForcibly();
        }
    }

    private static String get(URI url) throws Exception {
        try (HttpClient client =
                HttpClient.newBuilder().sslContext(RawTls.trusting()).build()) {
            HttpResponse<String> response =
                    client.send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(200);
            return response.body();
        }
    }
}
