package dev.weft.conformance;

import dev.weft.Message;
import dev.weft.WebSocket;
import dev.weft.server.Compression;
import dev.weft.server.Options;
import dev.weft.server.WeftBuilder;

/** Sends every WebSocket message back as it came. Its limits are those that conformance suites need. */
final class WebSocketApp {
    private static final int MAX_MESSAGE = 16 * 1024 * 1024;
    private static final int MAX_FRAGMENTS = 100_000;
    /** Room for two of the largest messages: one being written while the next is echoed. */
    private static final int MAX_QUEUED = 2 * MAX_MESSAGE + 1024;

    private WebSocketApp() {}

    static WeftBuilder configure(WeftBuilder builder) {
        Options options = Options.defaults()
                .maxMessage(MAX_MESSAGE)
                .maxFragments(MAX_FRAGMENTS)
                .maxQueuedBytes(MAX_QUEUED)
                .messageRate(0) // suites and load generators send as fast as they can
                .byteRate(0)
                .compression(Compression.on().threshold(0).clientContextTakeover(true));
        return builder.options(options).allowOrigins(origin -> true).webSocket("/", WebSocketApp::echo);
    }

    private static void echo(WebSocket webSocket) {
        for (Message message = webSocket.receive(); message != null; message = webSocket.receive()) {
            webSocket.send(message);
        }
    }
}
