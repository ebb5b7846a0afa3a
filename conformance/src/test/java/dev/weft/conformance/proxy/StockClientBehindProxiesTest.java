package dev.weft.conformance.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.conformance.App;
import dev.weft.conformance.Settings;
import dev.weft.conformance.client.Clients;
import dev.weft.conformance.client.StockClient;
import dev.weft.server.Weft;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The stock JavaScript client passes its whole scenario through a proxy. Most of a scenario is waiting, so several run
 * at once, each with a proxy and a server of its own.
 */
class StockClientBehindProxiesTest {
    private static final int AT_ONCE = 3;

    @TestFactory
    Stream<DynamicTest> nginxCarriesEveryTransport() {
        return everyTransport(Kind.NGINX);
    }

    @TestFactory
    Stream<DynamicTest> haproxyCarriesEveryTransport() {
        return everyTransport(Kind.HAPROXY);
    }

    private static Stream<DynamicTest> everyTransport(Kind kind) {
        UnaryOperator<Configuration> documented = UnaryOperator.identity();
        return together(List.of(
                new Passage(kind, false, "polling", ProxyTest::droppingUpgrades),
                new Passage(kind, false, "upgrade", documented),
                new Passage(kind, true, "upgrade", documented)));
    }

    /** Starts all, and has a test wait for each. */
    private static Stream<DynamicTest> together(List<Passage> passages) {
        Clients.node();
        passages.forEach(passage -> passage.kind.program());
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        List<DynamicTest> tests = new ArrayList<>();
        for (Passage passage : passages) {
            Future<List<String>> lines = threads.submit(passage::lines);
            tests.add(DynamicTest.dynamicTest(passage.name(), () -> expectAllPassed(lines.get())));
        }
        threads.shutdown();
        return tests.stream().onClose(threads::close);
    }

    private static void expectAllPassed(List<String> lines) {
        assertThat(lines).as(String.join("\n", lines)).noneMatch(line -> line.startsWith("FAIL "));
        assertThat(lines.stream().filter(line -> line.startsWith("ok ")))
                .as(String.join("\n", lines))
                .hasSize(StockClient.CASES);
    }

    /** One run of the scenario. */
    private record Passage(Kind kind, boolean tls, String transport, UnaryOperator<Configuration> change) {
        String name() {
            return (tls ? "https, " : "http, ") + transport;
        }

        List<String> lines() {
            try (Weft server = App.MATRIX.start(Settings.anyPort());
                    Proxy proxy = Proxy.start(kind, server.port(), shown -> change.apply(impatient(shown)))) {
                Map<String, String> trust =
                        Map.of("NODE_EXTRA_CA_CERTS", Certificate.SHARED.chain().toString());
                List<String> lines =
                        StockClient.runBriefly(proxy.url(tls), transport, trust, line -> stopWhenReady(line, server));
                assertThat(server.stats().unexpectedFailures()).isZero();
                return lines;
            }
        }

        /** HAProxy asks a server that has stopped for 3 s more, which is all that the app gives a client for its pong. */
        private static Configuration impatient(Configuration shown) {
            return shown.text().contains("timeout connect 5s")
                    ? shown.with("timeout connect 5s", "timeout connect 5s\n    retries 0")
                    : shown;
        }

        private static void stopWhenReady(String line, Weft server) {
            if (line.startsWith("READY")) {
                Thread.ofVirtual().start(server::close);
            }
        }
    }
}
