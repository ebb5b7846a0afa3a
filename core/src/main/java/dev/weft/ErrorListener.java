package dev.weft;

import org.jspecify.annotations.Nullable;

/** Learns of everything that handlers throw. */
@FunctionalInterface
public interface ErrorListener {
    /**
     * Called on the handler's thread after the client has been answered.
     *
     * @param socket whose handler failed
     * @param event the name of the event, or null if it was a connect or disconnect handler
     * @param failure what it threw
     */
    void failed(Socket socket, @Nullable String event, Throwable failure);
}
