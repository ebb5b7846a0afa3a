package dev.weft.net;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What runs of the application now: a stop waits for it, and who computes for long is found here. Thread-safe. */
public final class Handlers {
    private final Set<Running> running = ConcurrentHashMap.newKeySet();

    /** Runs {@code work} on the calling thread under that name. */
    public <T extends @Nullable Object> T run(String name, Callable<T> work) throws Exception {
        Running handler = new Running(name).here();
        began(handler);
        try {
            return work.call();
        } finally {
            ended(handler);
        }
    }

    /** Adds what begins to run; {@link #ended} follows. */
    public void began(Running handler) {
        running.add(handler);
    }

    /** Removes what has ended. */
    public void ended(Running handler) {
        running.remove(handler);
    }

    /** Returns how many run. */
    public int count() {
        return running.size();
    }

    /** Returns those whose thread occupies a carrier now: they compute, or their carrier cannot leave them. */
    List<Running> computing() {
        List<Running> computing = new ArrayList<>();
        for (Running handler : running) {
            Thread thread = handler.thread();
            if (thread != null && thread.getState() == Thread.State.RUNNABLE && isMounted(thread)) {
                computing.add(handler);
            }
        }
        return computing;
    }

    /**
     * A virtual thread that waits for a carrier is RUNNABLE too. Only its text tells the two apart: it names the carrier after
     * an @ (JDK 21 to 25). If that changes, nobody is named.
     */
    private static boolean isMounted(Thread thread) {
        return !thread.isVirtual()
                || thread.toString().lastIndexOf('@') > thread.toString().lastIndexOf(']');
    }
}
