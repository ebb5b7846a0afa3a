package dev.weft;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Platform threads for work that computes. Handlers run on virtual threads, which are not time-sliced: one that computes for
 * long keeps others waiting. The operating system does slice the time of these threads, so everybody goes on. Thread-safe.
 *
 * <pre>{@code
 * Path route = CpuPool.shared().call(() -> map.shortestPath(from, to));
 * }</pre>
 *
 * <p>The calling handler waits, and so does the next event of its client; nobody else does. Worth its cost, some tens of
 * microseconds, for what computes for milliseconds; not for what waits, which a virtual thread does better.
 */
public final class CpuPool implements AutoCloseable {
    private static final int WAITING_PER_THREAD = 256;
    private static final long IDLE_SECONDS = 10;
    private static final CpuPool SHARED = new CpuPool(
            Runtime.getRuntime().availableProcessors(),
            Runtime.getRuntime().availableProcessors() * WAITING_PER_THREAD,
            true);

    private final ThreadPoolExecutor executor;
    private final int threads;
    private final int waiting;
    private final boolean shared;

    /**
     * Creates a pool whose threads start when they are needed and end after 10 s without work.
     *
     * @param threads how many pieces of work run at a time
     * @param waiting how many more may wait; beyond that {@link #call} fails
     * @throws IllegalArgumentException if one of them is less than 1
     */
    public CpuPool(int threads, int waiting) {
        this(threads, waiting, false);
    }

    private CpuPool(int threads, int waiting, boolean shared) {
        if (threads < 1 || waiting < 1) {
            throw new IllegalArgumentException(
                    "expected threads >= 1 and waiting >= 1 but they were " + threads + " and " + waiting);
        }
        this.threads = threads;
        this.waiting = waiting;
        this.shared = shared;
        executor = new ThreadPoolExecutor(
                threads,
                threads,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(waiting),
                work -> new Worker(this, work));
        executor.allowCoreThreadTimeOut(true);
    }

    /** One of a pool's threads. */
    private static final class Worker extends Thread {
        private final CpuPool pool;

        Worker(CpuPool pool, Runnable work) {
            super(work, "weft-cpu");
            this.pool = pool;
            setDaemon(true);
        }
    }

    /** Returns the pool of this JVM: as many threads as processors, and 256 pieces of work waiting for each. */
    public static CpuPool shared() {
        return SHARED;
    }

    /**
     * Returns what {@code work} returns; blocks until then. Called from work of the same pool, it runs at once on that thread,
     * so that no thread waits for another.
     *
     * @throws WeftException if as much work waits as may, or the pool is closed; nothing has run then
     * @throws InterruptedException if the caller is interrupted: the work is, too, and does not start if it has not
     * @throws Exception what {@code work} throws
     */
    public <T extends @Nullable Object> T call(Callable<T> work) throws Exception {
        if (Thread.currentThread() instanceof Worker worker && worker.pool.equals(this)) {
            return work.call();
        }
        FutureTask<T> task = new FutureTask<>(work);
        submit(task);
        try {
            return task.get();
        } catch (InterruptedException e) {
            task.cancel(true);
            executor.remove(task); // its place is free at once
            throw e;
        } catch (ExecutionException e) {
            throw unwrapped(e);
        }
    }

    private void submit(FutureTask<?> task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            throw new WeftException(
                    executor.isShutdown()
                            ? "the CPU pool is closed"
                            : "the CPU pool is full: " + threads + " pieces of work run and " + waiting
                                    + " wait; ask for less at a time, or use new CpuPool(threads, waiting) with larger"
                                    + " numbers",
                    e);
        }
    }

    private static Exception unwrapped(ExecutionException e) {
        Throwable cause = e.getCause();
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof Exception exception ? exception : e;
    }

    /** Takes no more work, and waits until what runs and what waits is done. The shared pool stays open. */
    @Override
    public void close() {
        if (!shared) {
            executor.close();
        }
    }
}
