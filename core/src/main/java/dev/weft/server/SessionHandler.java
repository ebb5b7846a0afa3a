package dev.weft.server;

import dev.weft.Session;

/** The loop of one raw Engine.IO session. When it returns, the session is closed. */
@FunctionalInterface
public interface SessionHandler {
    /** Runs on a virtual thread of its own; a failure ends the session. */
    void handle(Session session) throws Exception;
}
