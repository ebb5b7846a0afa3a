package dev.weft.conformance;

import dev.weft.server.Tls;
import dev.weft.server.Weft;
import dev.weft.server.WeftBuilder;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The runnable servers, each with its default port and the URL that a client opens. */
public enum App {
    /** Raw WebSocket echo at {@code /}: what WebSocket conformance suites drive. */
    WEBSOCKET("websocket", 9001, "ws", "/"),
    /** Engine.IO echo at {@code /engine.io/}: what the Engine.IO protocol suite expects. */
    ENGINEIO("engineio", 9002, "http", "/engine.io/"),
    /** Socket.IO at {@code /socket.io/}: what the Socket.IO protocol suite expects. */
    SOCKETIO("socketio", 9003, "http", "/socket.io/"),
    /** One server for a matrix of real clients. */
    MATRIX("matrix", 9004, "http", "/");

    private final String id;
    private final int defaultPort;
    private final String scheme;
    private final String path;

    App(String id, int defaultPort, String scheme, String path) {
        this.id = id;
        this.defaultPort = defaultPort;
        this.scheme = scheme;
        this.path = path;
    }

    /** Returns the app that {@code -Dapp=id} names, if there is one. */
    public static Optional<App> named(String id) {
        return Arrays.stream(values()).filter(app -> app.id.equals(id)).findFirst();
    }

    /** Returns the names of all apps, for messages. */
    public static String names() {
        return Arrays.stream(values()).map(app -> app.id).collect(Collectors.joining(", "));
    }

    /** Returns the port that the app listens on unless told otherwise. */
    public int defaultPort() {
        return defaultPort;
    }

    /**
     * Starts the app.
     *
     * @throws dev.weft.WeftException if it cannot start, for example because the port is taken
     */
    public Weft start(Settings settings) {
        WeftBuilder builder = Weft.builder().host(settings.host()).port(settings.port());
        if (settings.tls()) {
            builder.tls(Tls.selfSigned());
        }
        return configure(builder).closeOnExit().start();
    }

    private WeftBuilder configure(WeftBuilder builder) {
        return switch (this) {
            case WEBSOCKET -> WebSocketApp.configure(builder);
            case ENGINEIO -> EngineIoApp.configure(builder);
            case SOCKETIO -> SocketIoApp.configure(builder);
            case MATRIX -> MatrixApp.configure(builder);
        };
    }

    /** Returns what a client opens to reach the app that was started with {@code settings} and listens on {@code port}. */
    public String url(Settings settings, int port) {
        return scheme + (settings.tls() ? "s" : "") + "://" + settings.host() + ":" + port + path;
    }
}
