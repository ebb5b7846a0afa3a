package dev.weft.net;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Watches whether virtual threads get to run. They are not time-sliced, and the scheduler looks at what platform threads
 * hand to it (new connections, wake-ups by timers and by the poller of sockets) only when nothing else is ready. So a
 * handler that computes, or a few connections whose input never ends, can keep all others waiting; these must neither be
 * taken for dead meanwhile nor wait for ever. A canary, a virtual thread that the clock starts, tells how late they are.
 * Thread-safe.
 */
public final class Carriers {
    private static final Duration PROBE_INTERVAL = Duration.ofMillis(50);
    private static final long TOLERANCE_NANOS = 10_000_000;

    /** A server whose virtual threads never come back must still be able to let connections go. */
    private static final long MAX_STANDSTILL_NANOS = 60_000_000_000L;

    private static final long MAX_PAUSE_NANOS = 1_000_000_000;

    private final Clock clock;
    private final Spinners spinners;
    private final Failures failures;

    /** Replaced by the clock's thread and by the canary, which take turns. */
    private volatile State state = new State(0, 0);

    /** Whether a canary was late for a whole interval, and none has come in time since. */
    private volatile boolean late;

    /**
     * What the canaries have told.
     *
     * @param started when the canary that has not run yet was started, in nanoseconds; 0 if there is none
     * @param lost for how long virtual threads did not get to run so far, in nanoseconds
     */
    private record State(long started, long lost) {
        long lostUntil(long now) {
            return started == 0 ? lost : lost + Math.clamp(now - started - TOLERANCE_NANOS, 0, MAX_STANDSTILL_NANOS);
        }
    }

    Carriers(Clock clock, Handlers handlers, Failures failures) {
        this.clock = clock;
        this.spinners = new Spinners(handlers);
        this.failures = failures;
        var unused = clock.repeat(PROBE_INTERVAL, this::probe);
    }

    private void probe() {
        State before = state;
        if (before.started == 0) {
            state = new State(System.nanoTime() | 1, before.lost);
            startCanary(before);
        } else {
            late = true;
            spinners.suspect(() -> System.nanoTime() - before.started, () -> state.equals(before));
        }
    }

    private void startCanary(State before) {
        try {
            Thread.ofVirtual().name("weft-canary").start(this::arrived);
        } catch (Throwable t) {
            state = before; // or time would stand still for ever
            throw t;
        }
    }

    private void arrived() {
        long now = System.nanoTime();
        State before = state;
        late &= now - before.started > TOLERANCE_NANOS; // until one comes in time, the pressure is still there
        state = new State(0, before.lostUntil(now));
        try {
            failures.summarise(); // here, since writing a log may block
        } catch (Throwable t) {
            // then there is no log
        }
    }

    /** Returns a time in nanoseconds that stands still while virtual threads do not get to run, for 60 s at a time. */
    public long time() {
        long now = System.nanoTime();
        return now - state.lostUntil(now);
    }

    /**
     * Runs {@code task} once after {@code delay} in {@link #time()}, unless cancelled: for what a peer owes, since it may be
     * here already and wait for its reader's turn.
     */
    public Clock.Timer deadline(Duration delay, Runnable task) {
        long due = time() + delay.toNanos();
        Clock.Timer timer = clock.unarmed();
        timer.arm(delay.toNanos(), () -> runWhenDue(timer, due, task));
        return timer;
    }

    private void runWhenDue(Clock.Timer timer, long due, Runnable task) {
        if (timer.cancelled()) {
            return;
        }
        long left = due - time();
        if (left > 0) {
            timer.arm(left, () -> runWhenDue(timer, due, task));
        } else {
            task.run();
        }
    }

    private long pause() {
        long started = state.started;
        long waited = started == 0 ? 0 : System.nanoTime() - started;
        return Math.clamp(waited / 4, 1, MAX_PAUSE_NANOS);
    }

    /**
     * Lets others run that have waited for long; called by virtual threads between two steps of a loop that may always find
     * something to do. Costs next to nothing while nobody waits.
     */
    public void giveWay() {
        if (late) {
            // A timer, which is a platform thread, wakes this thread, so it does not come before those that wait; a
            // yield would keep it in front of them. The scheduler may prefer those that the timer wakes to others: so
            // the longer the canary waits, the longer the pause, until nobody is left before it.
            boolean interrupted = Thread.interrupted();
            LockSupport.parkNanos(this, pause());
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
