package dev.weft.net;

import org.jspecify.annotations.Nullable;

/**
 * Application code that runs, or waits, on a virtual thread: so that the log can say who keeps others waiting. Written by that
 * thread, read by any.
 */
public final class Running {
    private final String usually;
    private volatile @Nullable Thread thread;
    private volatile Object what;

    /** Creates a name for code that runs on no thread yet, for example {@code the route /scores}. */
    public Running(String usually) {
        this.usually = usually;
        what = usually;
    }

    /** The calling thread runs it from now on; returns this. */
    public Running here() {
        thread = Thread.currentThread();
        return this;
    }

    /** It is {@code more}, in its text, that runs now; null for what it usually is. */
    public void does(@Nullable Object more) {
        what = more == null ? usually : more;
    }

    /** No thread runs it any more. */
    public void over() {
        thread = null;
    }

    @Nullable
    Thread thread() {
        return thread;
    }

    /** Returns what it is in printable characters: a peer may have chosen some of them. */
    @Override
    public String toString() {
        return Failures.printable(what.toString());
    }
}
