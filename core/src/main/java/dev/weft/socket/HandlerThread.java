package dev.weft.socket;

import dev.weft.WeftException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Knows whose handlers the current thread runs, so that a handler may wait for a client without a deadlock. */
final class HandlerThread {
    private static final ThreadLocal<@Nullable Inbox> INBOX = new ThreadLocal<>();

    private HandlerThread() {}

    /** The calling thread runs handlers of {@code inbox} from now on; it runs no others. */
    static void enter(Inbox inbox) {
        if (INBOX.get() != inbox) {
            INBOX.set(inbox);
        }
    }

    /** Blocks until {@code future} completes; if the thread runs handlers, their client is read meanwhile. */
    static <T> T await(CompletableFuture<T> future) {
        Inbox inbox = INBOX.get();
        if (inbox == null || future.isDone()) {
            return get(future);
        }
        inbox.handlerWaits();
        try {
            return get(future);
        } finally {
            inbox.handlerGoesOn();
        }
    }

    private static <T> T get(CompletableFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WeftException("the handler was interrupted while it waited for an acknowledgement", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof WeftException failure) {
                throw failure;
            }
            throw new WeftException("waiting for an acknowledgement failed", e);
        }
    }
}
