package dev.weft.conformance.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.conformance.App;
import dev.weft.conformance.Settings;
import dev.weft.server.Weft;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every stock client passes its scenario over every transport; the table of results is printed in the end. */
class RealClientsTest {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Map<String, Map<String, String>> TABLE = new LinkedHashMap<>();

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket", "upgrade"})
    void javaScriptEngineIoClientPasses(String transport) {
        String node = Clients.node();
        check(
                "engine.io-client (JavaScript)",
                transport,
                App.ENGINEIO,
                9,
                (url, watcher) -> Program.run(
                                Clients.folder(), LIMIT, watcher, List.of(node, "engineio.mjs", url, transport))
                        .lines());
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket", "upgrade"})
    void javaScriptClientPasses(String transport) {
        check(
                "socket.io-client (JavaScript)",
                transport,
                App.MATRIX,
                StockClient.CASES,
                (url, watcher) -> StockClient.run(url, transport, watcher));
    }

    @ParameterizedTest
    @ValueSource(strings = {"no context", "context", "small windows"})
    void javaScriptWebSocketPassesWithCompression(String kind) {
        String node = Clients.node();
        check(
                "ws (JavaScript), compressed",
                kind,
                App.WEBSOCKET,
                5,
                (url, watcher) -> Program.run(
                                Clients.folder(), LIMIT, watcher, List.of(node, "compression.mjs", url, kind))
                        .lines());
    }

    /** The page has another origin than the server: it passes only with the right CORS fields, too. */
    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket", "upgrade"})
    void javaScriptClientPassesInABrowser(String transport) throws IOException {
        Clients.node();
        Path folder = Clients.folder();
        try (Browser browser = new Browser();
                Weft pages = Weft.builder()
                        .host("127.0.0.1")
                        .port(0)
                        .staticFiles("/", folder.resolve("browser").toString())
                        .staticFiles(
                                "/vendor",
                                folder.resolve("node_modules/socket.io-client/dist")
                                        .toString())
                        .start()) {
            check(
                    "socket.io-client (Chromium)",
                    transport,
                    App.MATRIX,
                    10,
                    (url, watcher) -> browser.run(pages.url() + "?mode=" + transport + "&url=" + url));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket", "upgrade"})
    void javaClientPasses(String transport) {
        check(
                "socket.io-client (Java)",
                transport,
                App.MATRIX,
                22,
                (url, watcher) -> new JavaClientScenario(url, transport, watcher).run());
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket", "upgrade"})
    void pythonClientPasses(String transport) {
        String python = Clients.python();
        check(
                "python-socketio",
                transport,
                App.MATRIX,
                18,
                (url, watcher) -> Program.run(
                                Clients.folder(), LIMIT, watcher, List.of(python, "socketio_client.py", url, transport))
                        .lines());
    }

    @AfterAll
    static void printTable() {
        System.out.printf("%-32s %-12s %-12s %-12s%n", "client", "polling", "websocket", "upgrade");
        TABLE.forEach((client, row) -> System.out.printf(
                "%-32s %-12s %-12s %-12s%n",
                client, cell(row, "polling"), cell(row, "websocket"), cell(row, "upgrade")));
    }

    private static String cell(Map<String, String> row, String transport) {
        return row.getOrDefault(transport, "skipped");
    }

    private static void check(String client, String transport, App app, int cases, Scenario scenario) {
        Weft server = app.start(Settings.anyPort());
        List<String> lines;
        try {
            // Paths belong to the clients, so they get the bare address.
            lines = scenario.run("http://127.0.0.1:" + server.port(), line -> stopWhenReady(line, server));
        } finally {
            server.close();
        }
        long passed = lines.stream().filter(line -> line.startsWith("ok ")).count();
        long failed = lines.stream().filter(line -> line.startsWith("FAIL ")).count();
        TABLE.computeIfAbsent(client, name -> new LinkedHashMap<>())
                .put(transport, passed + " of " + (passed + failed));
        assertThat(lines).as(String.join("\n", lines)).noneMatch(line -> line.startsWith("FAIL "));
        assertThat(passed).as(String.join("\n", lines)).isEqualTo(cases);
        assertThat(server.stats().unexpectedFailures()).isZero();
    }

    /** The last case of a scenario asks for the end of the server; it waits in its own thread to be told. */
    private static void stopWhenReady(String line, Weft server) {
        if (line.startsWith("READY")) {
            Thread.ofVirtual().start(server::close);
        }
    }

    /** Runs the cases of one client and returns their lines. */
    @FunctionalInterface
    private interface Scenario {
        List<String> run(String url, Consumer<String> watcher);
    }
}
