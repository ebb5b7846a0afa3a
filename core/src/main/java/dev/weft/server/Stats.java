package dev.weft.server;

/**
 * What the server counts, at one moment.
 *
 * @param connections TCP connections open now
 * @param sessions Engine.IO sessions open now
 * @param sockets sockets in namespaces now
 * @param pendingAcks acknowledgements waited for now
 * @param refused connections and sessions refused for want of a place (total, address, address and second), since start
 * @param timers timers armed now
 * @param dropped messages that a client did not get, since start: volatile ones that were skipped, and what an {@link
 *     dev.weft.OverflowPolicy} dropped, refused or, with the client, discarded
 * @param replaced messages that a newer one with the same key replaced before they were sent, since start
 * @param unexpectedFailures exceptions that no rule of Weft foresaw, since start; 0 in a healthy server
 * @param handlerFailures exceptions that handlers threw, since start
 */
public record Stats(
        long connections,
        long sessions,
        long sockets,
        long pendingAcks,
        long refused,
        long timers,
        long dropped,
        long replaced,
        long unexpectedFailures,
        long handlerFailures) {}
