package dev.weft.socket;

import dev.weft.WeftException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The events of one socket whose acknowledgement the application gives later, each kept until it does, its deadline passes
 * or the socket ends. Thread-safe; the clock ends sockets too, so the lock is never held across anything.
 */
final class Claims {
    private final int limit;
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by lock.
    private Set<IncomingEvent> open = Set.of();
    private boolean closed;

    Claims(int limit) {
        this.limit = limit;
    }

    /**
     * Keeps {@code event}; returns false if the socket has ended.
     *
     * @throws WeftException if too many are kept
     */
    boolean add(IncomingEvent event) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            if (open.size() >= limit) {
                throw new WeftException("more than " + limit + " events of one socket wait for their acknowledgement;"
                        + " answer some, or raise maxPendingAcks");
            }
            open = open.isEmpty() ? new HashSet<>() : open; // most sockets never need one
            open.add(event);
            return true;
        } finally {
            lock.unlock();
        }
    }

    void remove(IncomingEvent event) {
        lock.lock();
        try {
            if (!open.isEmpty()) {
                open.remove(event);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The socket has ended: nobody is left to get the acknowledgements. */
    void close() {
        Set<IncomingEvent> last;
        lock.lock();
        try {
            closed = true;
            last = open;
            open = Set.of();
        } finally {
            lock.unlock();
        }
        last.forEach(IncomingEvent::settle);
    }
}
