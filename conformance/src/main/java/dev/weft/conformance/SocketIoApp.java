package dev.weft.conformance;

import dev.weft.Event;
import dev.weft.Namespace;
import dev.weft.Socket;
import dev.weft.server.WeftBuilder;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The server that the public Socket.IO protocol suite expects: namespaces {@code /} and {@code /custom}. */
final class SocketIoApp {
    private SocketIoApp() {}

    static WeftBuilder configure(WeftBuilder builder) {
        return builder.options(EngineIoApp.suiteTiming().connectTimeout(Duration.ofSeconds(1)))
                .allowOrigins(origin -> true)
                .path("/socket.io/")
                .namespace("/", SocketIoApp::main)
                .namespace("/custom", namespace -> namespace.onConnect(SocketIoApp::greet));
    }

    private static void main(Namespace namespace) {
        namespace.onConnect(socket -> {
            greet(socket);
            socket.on("message", event -> socket.emit("message-back", arguments(event)));
            socket.on("message-with-ack", event -> event.reply(arguments(event)));
        });
    }

    private static void greet(Socket socket) {
        socket.emit("auth", authOf(socket));
    }

    static Object authOf(Socket socket) {
        return socket.handshake().auth();
    }

    static @Nullable Object[] arguments(Event event) {
        return event.arguments().toList().toArray();
    }
}
