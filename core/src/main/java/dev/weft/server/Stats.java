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
        long unexpectedFailures,
        long handlerFailures) {}
