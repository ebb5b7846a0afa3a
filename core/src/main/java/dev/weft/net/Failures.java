package dev.weft.net;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.LongAdder;

/** Counts and logs what went wrong inside the server. Thread-safe. */
public final class Failures {
    private static final Logger LOG = System.getLogger("dev.weft");

    private final LongAdder unexpected = new LongAdder();
    private final LongAdder handlers = new LongAdder();

    /** Records a failure that no rule of Weft foresees: a bug. */
    public void unexpected(String where, Throwable failure) {
        unexpected.increment();
        LOG.log(Level.ERROR, "unexpected failure in " + where, failure);
    }

    /** Records a failure, unless it is what a peer can cause: the end of its connection. */
    public void unlessPeer(String where, Throwable failure) {
        if (!(failure instanceof IOException)) {
            unexpected(where, failure);
        }
    }

    /** Records a failure of application code. */
    public void handler(String where, Throwable failure) {
        handlers.increment();
        LOG.log(Level.WARNING, "handler failed: " + where, failure);
    }

    /** Returns how many unexpected failures there were. */
    public long unexpectedCount() {
        return unexpected.sum();
    }

    /** Returns how many handlers failed. */
    public long handlerCount() {
        return handlers.sum();
    }
}
