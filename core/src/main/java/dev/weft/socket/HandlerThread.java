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

    /**
     * The calling thread is about to wait for {@code answer}: if it runs handlers, their client is read meanwhile. What it
     * returns goes to {@link #endWait}.
     */
    static boolean beginWait(Answer<?> answer) {
        Inbox inbox = INBOX.get();
        boolean waits = inbox != null && !answer.isDone();
        if (waits) {
            inbox.handlerWaits();
        }
        return waits;
    }

    /** The calling thread goes on. */
    static void endWait(boolean waits) {
        Inbox inbox = INBOX.get();
        if (waits && inbox != null) {
            inbox.handlerGoesOn();
        }
    }

    /** Blocks until {@code future} completes; turns its failures into those of the public interface. */
    static <T> T await(CompletableFuture<T> future) {
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
