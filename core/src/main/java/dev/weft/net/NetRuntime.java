package dev.weft.net;

/**
 * What all connections of one server share.
 *
 * @param clock the deadlines
 * @param carriers whether virtual threads get to run
 * @param drainers the threads that write for others
 * @param handlers what runs of the application now
 * @param failures the record of what went wrong
 * @param admission who may connect
 */
public record NetRuntime(
        Clock clock, Carriers carriers, Drainers drainers, Handlers handlers, Failures failures, Admission admission)
        implements AutoCloseable {
    /** Starts the shared threads of a server that admits so many. */
    public static NetRuntime start(Admission.Limits limits) {
        Failures failures = new Failures();
        Clock clock = new Clock(failures);
        Handlers handlers = new Handlers();
        Carriers carriers = new Carriers(clock, handlers, failures);
        Admission admission = new Admission(limits, System::nanoTime);
        return new NetRuntime(clock, carriers, new Drainers(carriers, failures), handlers, failures, admission);
    }

    /** Ends the shared threads. */
    @Override
    public void close() {
        drainers.close();
        clock.close();
    }
}
