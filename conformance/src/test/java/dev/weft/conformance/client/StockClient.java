package dev.weft.conformance.client;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The scenario of the stock JavaScript client: what it sees of the matrix app. */
public final class StockClient {
    /** How many cases the scenario has. */
    public static final int CASES = 40;

    private static final Duration LIMIT = Duration.ofMinutes(3);

    private StockClient() {}

    /**
     * Runs the scenario with bursts a hundredth as long as they can be, and returns its lines.
     *
     * @param url the address of the matrix app, or of a proxy in front of it
     * @param transport {@code polling}, {@code websocket} or {@code upgrade}
     * @param environment more environment variables for Node.js
     * @param watcher sees every line as it comes; the one that starts with READY asks for the end of the server
     */
    public static List<String> runBriefly(
            String url, String transport, Map<String, String> environment, Consumer<String> watcher) {
        List<String> command = List.of(Clients.node(), "socketio.mjs", url, transport, "few");
        return Program.run(Clients.folder(), LIMIT, watcher, environment, command)
                .lines();
    }

    /** Runs the whole scenario. */
    static List<String> run(String url, String transport, Consumer<String> watcher) {
        List<String> command = List.of(Clients.node(), "socketio.mjs", url, transport);
        return Program.run(Clients.folder(), LIMIT, watcher, command).lines();
    }
}
