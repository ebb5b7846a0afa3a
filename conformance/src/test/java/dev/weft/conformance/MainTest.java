package dev.weft.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
            })
    void endsWithOneSentenceAndStatus2WhenToldNonsense(String properties, String sentence) throws Exception {
        Process process = start(java(properties.split(" ")));
        assertThat(process.inputReader().lines()).containsExactly(sentence);
        assertThat(process.waitFor()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(App.class)
    void printsItsUrlAndStopsAtSigterm(App app) throws Exception {
        Process process = start(java("-Dapp=" + app.name().toLowerCase(java.util.Locale.ROOT), "-Dport=0"));
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

    private static int statusOf(URI url) throws IOException {
        URI http = URI.create(url.toString().replaceFirst("^ws", "http") + "?EIO=4&transport=polling");
        HttpURLConnection connection = (HttpURLConnection) http.toURL().openConnection();
        return connection.getResponseCode();
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
