package dev.weft.net;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Counts and logs what goes wrong, by whose fault it is: the server's and the application's with traces, the peers' as one
 * line an interval and kind, for there is no end of them on an open network. Thread-safe.
 */
public final class Failures {
    private static final Logger LOG = System.getLogger("dev.weft");

    /** How many traces an interval the log takes of each fault. */
    private static final int TRACES = 50;

    private final LongAdder unexpected = new LongAdder();
    private final LongAdder handlers = new LongAdder();
    private final LongSupplier nanoTime;
    private final LogBudget unexpectedTraces;
    private final LogBudget handlerTraces;
    private final Map<PeerFault, Summary> peers = new EnumMap<>(PeerFault.class);
    private final Summary untold;

    /** Creates an empty record. */
    public Failures() {
        this(System::nanoTime);
    }

    Failures(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        long now = nanoTime.getAsLong();
        unexpectedTraces = new LogBudget(TRACES, now);
        handlerTraces = new LogBudget(TRACES, now);
        untold = new Summary(now);
        for (PeerFault kind : PeerFault.values()) {
            peers.put(kind, new Summary(now));
        }
    }

    /** Records a failure that no rule of Weft foresees: a bug. */
    public void unexpected(String where, Throwable failure) {
        unexpected.increment();
        trace(Level.ERROR, unexpectedTraces, "unexpected failure in " + where, failure);
    }

    /** Records a failure, unless it is what a peer can cause: the end of its connection. */
    public void unlessPeer(String where, Throwable failure) {
        if (failure instanceof IOException) {
            LOG.log(Level.DEBUG, () -> where + " ended", failure);
        } else {
            unexpected(where, failure);
        }
    }

    /** Records a failure of application code. */
    public void handler(String where, Throwable failure) {
        handlers.increment();
        trace(Level.WARNING, handlerTraces, "handler failed: " + where, failure);
    }

    private void trace(Level level, LogBudget budget, String message, Throwable failure) {
        String line = printable(message);
        if (budget.take(nanoTime.getAsLong())) {
            LOG.log(level, line, failure);
        } else {
            LOG.log(Level.DEBUG, line, failure);
            untold.add(line);
        }
    }

    /** A name that a peer chose, of an event for example, must not begin a line of the log. */
    static String printable(String text) {
        return text.chars().noneMatch(Character::isISOControl) ? text : text.replaceAll("\\p{Cntrl}", "?");
    }

    /**
     * Records what a peer did wrong.
     *
     * @param detail a sentence for the log
     */
    public void peer(PeerFault kind, String detail) {
        String line = printable(detail);
        LOG.log(Level.DEBUG, () -> kind.text() + ": " + line);
        Summary summary = peers.get(kind);
        if (summary != null) {
            summary.add(line);
            summarise(kind, summary);
        }
    }

    /** Writes the lines that are due; called now and then. */
    void summarise() {
        peers.forEach(this::summarise);
        long count = untold.due(nanoTime.getAsLong());
        if (count > 0) {
            LOG.log(
                    Level.WARNING,
                    count + " more failures whose traces are at level DEBUG, the last one: " + untold.last());
        }
    }

    private void summarise(PeerFault kind, Summary summary) {
        long count = summary.due(nanoTime.getAsLong());
        if (count > 0) {
            LOG.log(Level.WARNING, count + " " + kind.text() + ", the last one: " + summary.last());
        }
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
