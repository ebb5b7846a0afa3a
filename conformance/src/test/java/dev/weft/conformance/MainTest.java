package dev.weft.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.faults.Frame;
import dev.weft.faults.RawConnection;
import dev.weft.faults.RawHttp;
import dev.weft.faults.RawTls;
import dev.weft.faults.RawWebSocket;
import dev.weft.server.Weft;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.HttpsURLConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The program around the apps, started as Maven starts it. */
@Timeout(60)
class MainTest {
    /** The launcher says so when it takes options from this variable; on the command line they make no noise. */
    private static final String LAUNCHER_OPTIONS = "JDK_JAVA_OPTIONS";

    private static List<String> java(String... properties) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        String options = System.getenv(LAUNCHER_OPTIONS);
        if (options != null) {
            command.addAll(List.of(options.split(" ")));
        }
        command.addAll(List.of(properties));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        return command;
    }

    private static Process start(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove(LAUNCHER_OPTIONS);
        return builder.start();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-Dapp=bogus|Unknown app \"bogus\": pass -Dapp=<one of websocket, engineio, socketio, matrix>.",
                "-Dapp=|Unknown app \"\": pass -Dapp=<one of websocket, engineio, socketio, matrix>.",
                "-Dport=x -Dapp=matrix|Port \"x\" is not a number from 0 to 65535.",
                "-Dtls=on -Dapp=matrix|TLS \"on\" is neither true nor false.",
            })
    void endsWithOneSentenceAndStatus2WhenToldNonsense(String properties, String sentence) throws Exception {
        Process process = start(java(properties.split(" ")));
        assertThat(process.inputReader().lines()).containsExactly(sentence);
        assertThat(process.waitFor()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(App.class)
    void printsItsUrlAndStopsAtSigterm(App app) throws Exception {
        Process process = start(java("-Dapp=" + id(app), "-Dport=0"));
        try (BufferedReader out = process.inputReader()) {
            URI url = URI.create(out.readLine());
            assertThat(url.getHost()).isEqualTo("127.0.0.1");
            assertThat(statusOf(url)).as("something answers there").isPositive();
            process.toHandle().destroy(); // unlike Process.destroy() it leaves the output open
            assertThat(out.readLine()).as("nothing else is printed").isNull();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    private static String id(App app) {
        return app.name().toLowerCase(Locale.ROOT);
    }

    private static int statusOf(URI url) throws IOException {
        URI http = URI.create(url.toString().replaceFirst("^ws", "http") + "?EIO=4&transport=polling");
        HttpURLConnection connection = (HttpURLConnection) http.toURL().openConnection();
        if (connection instanceof HttpsURLConnection https) {
            https.setSSLSocketFactory(RawTls.trusting().getSocketFactory());
        }
        return connection.getResponseCode();
    }

    @ParameterizedTest
    @CsvSource({"WEBSOCKET, wss, 426", "SOCKETIO, https, 200"})
    void answersOverTlsIfAskedTo(App app, String scheme, int status) throws Exception {
        Process process = start(java("-Dapp=" + id(app), "-Dport=0", "-Dtls=true"));
        try (BufferedReader out = process.inputReader()) {
            URI url = URI.create(out.readLine());
            assertThat(url.getScheme()).isEqualTo(scheme);
            assertThat(statusOf(url)).isEqualTo(status);
            process.toHandle().destroy();
            assertThat(out.readLine()).as("nothing else is printed").isNull();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void compressesWebSocketsOverTls() throws Exception {
        try (Weft server = App.WEBSOCKET.start(Settings.anyPort().overTls());
                RawConnection connection = RawTls.open(server.port())) {
            connection.send(RawWebSocket.handshake("/", "Sec-WebSocket-Extensions: permessage-deflate"));
            RawHttp.Response answer = RawHttp.read(connection);
            assertThat(answer.status()).isEqualTo(101);
            assertThat(answer.header("Sec-WebSocket-Extensions")).startsWith("permessage-deflate");
            Frame echo =
                    RawWebSocket.over(connection).send("weft ".repeat(1_000)).next();
            assertThat(echo.rsv()).as("the bit of a compressed message").isEqualTo(4);
            assertThat(echo.payload()).hasSizeLessThan(100);
        }
    }

    @Test
    void saysWhatToChangeWhenThePortIsTaken() throws Exception {
        try (var server = App.WEBSOCKET.start(Settings.anyPort())) {
            Process process = start(java("-Dapp=matrix", "-Dport=" + server.port()));
            assertThat(process.inputReader().lines())
                    .singleElement()
                    .asString()
                    .contains(Integer.toString(server.port()));
            assertThat(process.waitFor()).isEqualTo(1);
        }
    }

    @Test
    void endsWithTheProcessThatStartedIt() throws Exception {
        String java = String.join("' '", java("-Dapp=websocket", "-Dport=0", "-Dweft.follow.parent=true"));
        Process shell = start(List.of("sh", "-c", "'" + java + "' & echo $!; wait"));
        ProcessHandle server =
                ProcessHandle.of(Long.parseLong(shell.inputReader().readLine())).orElseThrow();
        try {
            assertThat(shell.inputReader().readLine()).startsWith("ws://127.0.0.1:");
            shell.destroyForcibly().waitFor();
            server.onExit().get(20, TimeUnit.SECONDS);
            assertThat(server.isAlive()).isFalse();
        } finally {
            server.destroyForcibly();
        }
    }
}
