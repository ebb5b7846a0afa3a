package dev.weft.net;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * What all connections of one server share.
 *
 * @param clock the deadlines
 * @param carriers whether virtual threads get to run
 * @param drainers the threads that write for others
 * @param busy how many clients have handlers of the application running now; a stop waits for them
 * @param failures the record of what went wrong
 */
public record NetRuntime(Clock clock, Carriers carriers, Drainers drainers, AtomicInteger busy, Failures failures)
        implements AutoCloseable {
    /** Starts the shared threads. */
    public static NetRuntime start() {
        Failures failures = new Failures();
        Clock clock = new Clock(failures);
        Carriers carriers = new Carriers(clock);
        return new NetRuntime(clock, carriers, new Drainers(carriers, failures), new AtomicInteger(), failures);
    }

    /** Ends the shared threads. */
    @Override
    public void close() {
        drainers.close();
        clock.close();
    }
}
