package dev.weft.net;

/**
 * What all connections of one server share.
 *
 * @param clock the deadlines
 * @param drainers the threads that write for others
 * @param failures the record of what went wrong
 */
public record NetRuntime(Clock clock, Drainers drainers, Failures failures) implements AutoCloseable {
    /** Starts the shared threads. */
    public static NetRuntime start() {
        Failures failures = new Failures();
        return new NetRuntime(new Clock(failures), new Drainers(failures), failures);
    }

    /** Ends the shared threads. */
    @Override
    public void close() {
        drainers.close();
        clock.close();
    }
}
