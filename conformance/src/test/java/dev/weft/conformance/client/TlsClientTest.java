package dev.weft.conformance.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.conformance.App;
import dev.weft.conformance.Settings;
import dev.weft.server.Weft;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The stock JavaScript client and TLS that ends in the server. */
class TlsClientTest {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final int CASES = 4;

    @Test
    void javaScriptClientPassesOverHttpsAndWss() {
        String node = Clients.node();
        try (Weft server = App.MATRIX.start(Settings.anyPort().overTls())) {
            List<String> command = List.of(node, "tls.mjs", "https://127.0.0.1:" + server.port());
            Program run = Program.run(Clients.folder(), LIMIT, line -> {}, command);
            assertThat(run.status()).as(run.output()).isZero();
            assertThat(run.lines().stream().filter(line -> line.startsWith("ok ")))
                    .as(run.output())
                    .hasSize(CASES);
            assertThat(server.stats().unexpectedFailures()).isZero();
        }
    }
}
