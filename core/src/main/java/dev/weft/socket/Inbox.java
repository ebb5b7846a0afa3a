package dev.weft.socket;

import dev.weft.DisconnectReason;
import dev.weft.engine.EngineSession;
import dev.weft.net.Running;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Runs the handlers of one client one at a time, in arrival order. If the reading thread is free to, it runs them itself;
 * otherwise they queue behind the one that runs.
 *
 * <p>While a handler is busy, the reader of a full queue waits, and so does the client. While a handler waits for an
 * acknowledgement, the reader must go on to see it: then a full queue ends the session.
 */
final class Inbox {
    private static final int OVERHEAD = 64;
    private static final int READ_AHEAD_BYTES = 64 * 1024;

    private final EngineSession session;
    private final Running running = new Running("a handler of a client's connection");
    private final int maxBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition progress = lock.newCondition();

    // Guarded by lock.
    private final ArrayDeque<Task> queue = new ArrayDeque<>(1);
    private long bytes;
    private boolean busy;
    private boolean handlerWaits;

    private record Task(Runnable work, int size) {}

    /** Creates an empty inbox. */
    Inbox(EngineSession session, int maxBytes) {
        this.session = session;
        this.maxBytes = maxBytes;
    }

    /** Runs or queues {@code work} that came with {@code size} bytes from the client; called by its reader. */
    void deliver(int size, Runnable work) {
        Task task = new Task(work, size + OVERHEAD);
        boolean overflow;
        lock.lock();
        try {
            awaitSpace(task.size);
            overflow = busy && bytes + task.size > maxBytes && !queue.isEmpty();
            if (busy && !overflow) {
                enqueue(task);
                return;
            }
            if (!overflow) {
                begin();
            }
        } finally {
            lock.unlock();
        }
        if (overflow) {
            session.close(DisconnectReason.QUEUE_LIMIT);
        } else if (session.readsOnThisThread()) {
            runAll(task);
        } else {
            start(task);
        }
    }

    /** Runs {@code work} after everything delivered before, on another thread than the caller's. */
    void deliverLater(Runnable work) {
        Task task = new Task(work, 0);
        lock.lock();
        try {
            progress.signalAll();
            if (busy) {
                enqueue(task);
                return;
            }
            begin();
        } finally {
            lock.unlock();
        }
        start(task);
    }

    /** The calling handler is {@code event}, in its text. */
    void runs(Object event) {
        running.does(event);
    }

    /** The session has ended: whoever waits for space goes on. */
    void closed() {
        lock.lock();
        try {
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The running handler is about to wait for a client: reading must go on without it. */
    void handlerWaits() {
        setHandlerWaits(true);
        session.handOnReading();
    }

    /** The running handler goes on. */
    void handlerGoesOn() {
        setHandlerWaits(false);
    }

    private void setHandlerWaits(boolean value) {
        lock.lock();
        try {
            handlerWaits = value;
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void awaitSpace(int size) {
        while (busy && !handlerWaits && bytes + size > READ_AHEAD_BYTES && !queue.isEmpty() && !session.closed()) {
            progress.awaitUninterruptibly();
        }
    }

    private void begin() {
        busy = true;
        session.runtime().handlers().began(running);
    }

    private void enqueue(Task task) {
        queue.add(task);
        bytes += task.size;
    }

    private void start(Task task) {
        try {
            Thread.ofVirtual().name("weft-inbox").start(() -> runAll(task));
        } catch (Throwable t) {
            abandon();
            throw t;
        }
    }

    /** No thread can be had: nothing runs, and what waits is lost. */
    private void abandon() {
        lock.lock();
        try {
            queue.clear();
            bytes = 0;
            busy = false;
            session.runtime().handlers().ended(running);
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void runAll(Task first) {
        HandlerThread.enter(this);
        running.here();
        session.cork();
        for (Task task = first; task != null; task = next()) {
            run(task);
            session.holdBack(); // a broadcast of the handler may have gone to its own client too
            if (!session.readsOnThisThread()) {
                session.runtime().carriers().giveWay(); // a reader does so before it reads on
            }
        }
        if (!session.readsOnThisThread()) {
            session.uncork();
        }
    }

    private void run(Task task) {
        try {
            task.work.run();
        } catch (Throwable t) {
            session.runtime().failures().unexpected("an inbox", t);
            session.close(DisconnectReason.FORCED_CLOSE);
        } finally {
            running.does(null);
            Thread.interrupted(); // an interrupt of a handler must not reach our reads
        }
    }

    private @org.jspecify.annotations.Nullable Task next() {
        lock.lock();
        try {
            Task task = queue.poll();
            if (task == null) {
                busy = false;
                running.over();
                session.runtime().handlers().ended(running);
            } else {
                bytes -= task.size;
            }
            progress.signalAll();
            return task;
        } finally {
            lock.unlock();
        }
    }
}
