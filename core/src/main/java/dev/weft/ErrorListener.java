package dev.weft;

import org.jspecify.annotations.Nullable;

/**
 * Learns of everything that handlers of events, connects and disconnects throw. What authorizers, middlewares, routes and
 * raw endpoints throw is only logged and counted.
 */
@FunctionalInterface
public interface ErrorListener {
    /**
     * Called after the client has been answered, on the handler's thread or on the one that completed its answer.
     *
     * @param socket whose handler failed
     * @param event the name of the event, or null if it was a connect or disconnect handler
     * @param failure what it threw
     */
    void failed(Socket socket, @Nullable String event, Throwable failure);
}
