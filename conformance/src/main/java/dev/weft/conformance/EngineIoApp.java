package dev.weft.conformance;

import dev.weft.Message;
import dev.weft.Session;
import dev.weft.server.Options;
import dev.weft.server.WeftBuilder;
import java.time.Duration;

/** Sends every Engine.IO message back as it came, with the short heartbeat of the protocol's public suite. */
final class EngineIoApp {
    private EngineIoApp() {}

    static WeftBuilder configure(WeftBuilder builder) {
        return builder.options(suiteTiming()).allowOrigins(origin -> true).engine("/engine.io/", EngineIoApp::echo);
    }

    static Options suiteTiming() {
        return Options.defaults()
                .pingInterval(Duration.ofMillis(300))
                .pingTimeout(Duration.ofMillis(200))
                .maxPayload(1_000_000)
                .messageRate(0) // suites and load generators send as fast as they can
                .byteRate(0);
    }

    private static void echo(Session session) {
        for (Message message = session.receive(); message != null; message = session.receive()) {
            session.send(message);
        }
    }
}
