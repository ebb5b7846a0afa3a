package dev.weft.conformance;

import dev.weft.Namespace;
import dev.weft.Refused;
import dev.weft.Socket;
import dev.weft.server.Compression;
import dev.weft.server.Options;
import dev.weft.server.WeftBuilder;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** One Socket.IO server whose behaviour a matrix of real clients can examine; its events are in {@link MatrixEvents}. */
final class MatrixApp {
    private static final String SECRET = "secret";
    /** No acknowledgement of this server answers by itself: {@code noack} is silent for as long as a test may run. */
    private static final Duration SILENCE = Duration.ofHours(1);

    private MatrixApp() {}

    static WeftBuilder configure(WeftBuilder builder) {
        Options options = Options.defaults()
                .pingInterval(Duration.ofSeconds(1))
                .pingTimeout(Duration.ofSeconds(2))
                .maxPayload(4 * 1024 * 1024)
                .sendBuffer(0) // a slow client that asks for a burst gets all of it before its pong is due
                .compression(Compression.on()) // what clients do not offer does not change
                .messageRate(0) // load generators send as fast as they can
                .byteRate(0)
                .ackTimeout(SILENCE);
        MatrixEvents events = new MatrixEvents();
        return builder.options(options)
                .allowOrigins(origin -> true)
                .path("/socket.io")
                .namespace("/", events::register)
                .namespace("/custom", events::register)
                .namespace("/admin", namespace -> guarded(namespace, events));
    }

    private static void guarded(Namespace namespace, MatrixEvents events) {
        namespace.use(MatrixApp::admit);
        events.register(namespace);
    }

    private static void admit(Socket socket) throws Refused {
        if (!SECRET.equals(token(socket)) && !SECRET.equals(socket.handshake().query("token"))) {
            Map<String, Object> data = new LinkedHashMap<>();
            data.put("code", "E_AUTH");
            data.put("retry", false);
            throw new Refused("not authorized", data);
        }
    }

    private static Object token(Socket socket) {
        return socket.handshake().auth().get("token") instanceof String token ? token : "";
    }
}
