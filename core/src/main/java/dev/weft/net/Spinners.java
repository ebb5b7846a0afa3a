package dev.weft.net;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Names handlers that keep virtual threads from running. Thread-safe. */
final class Spinners {
    private static final Logger LOG = System.getLogger("dev.weft");
    private static final Duration LONG = Duration.ofMillis(500);
    private static final Duration QUIET = Duration.ofSeconds(10);
    private static final long BETWEEN_SAMPLES_NANOS = 50_000_000;
    private static final int MOST_NAMED = 4;

    private final Handlers handlers;

    /** Used by the clock's thread alone. */
    private long nextSearch = System.nanoTime();

    Spinners(Handlers handlers) {
        this.handlers = handlers;
    }

    /**
     * Looks for them if {@code late}, for how long virtual threads have not run, is long; called by the clock. The search
     * stops other threads for a moment, and so runs on a platform thread of its own, at most once in 10 s.
     *
     * @param stillLate whether they still wait
     */
    void suspect(LongSupplier late, BooleanSupplier stillLate) {
        long now = System.nanoTime();
        if (late.getAsLong() > LONG.toNanos() && now - nextSearch >= 0) {
            nextSearch = now + QUIET.toNanos();
            Thread.ofPlatform().daemon().name("weft-sampler").start(() -> search(late, stillLate));
        }
    }

    private void search(LongSupplier late, BooleanSupplier stillLate) {
        try {
            List<Running> first = handlers.computing();
            LockSupport.parkNanos(BETWEEN_SAMPLES_NANOS);
            List<Running> found = handlers.computing();
            found.retainAll(first);
            if (stillLate.getAsBoolean()) {
                tell(found, late.getAsLong());
            }
        } catch (Throwable t) {
            LOG.log(Level.ERROR, "unexpected failure in the search for handlers that compute", t);
        }
    }

    private static void tell(List<Running> found, long lateNanos) {
        long millis = lateNanos / 1_000_000;
        if (found.isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    "virtual threads have not run for " + millis + " ms, and no handler computes:"
                            + " the machine is overloaded, or code outside of handlers keeps the carriers");
        }
        for (Running handler : found.subList(0, Math.min(MOST_NAMED, found.size()))) {
            LOG.log(
                    Level.WARNING,
                    "a handler has been computing for " + millis + " ms and keeps others waiting: " + handler
                            + where(handler.thread()) + "; let work that computes run in a dev.weft.CpuPool");
        }
    }

    /** The innermost method that is not the JDK's. */
    private static String where(@Nullable Thread thread) {
        if (thread != null) {
            for (StackTraceElement frame : thread.getStackTrace()) {
                if (!frame.getClassName().startsWith("java.")
                        && !frame.getClassName().startsWith("jdk.")) {
                    return ", in " + frame.getClassName() + "." + frame.getMethodName() + " (" + frame.getFileName()
                            + ":" + frame.getLineNumber() + ")";
                }
            }
        }
        return "";
    }
}
