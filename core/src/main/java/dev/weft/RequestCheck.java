package dev.weft;

/**
 * Decides whether a request may open a session or a WebSocket, before anything of it exists: for what headers, cookies and
 * query can tell. Thread-safe; may block, within {@code authTimeout}.
 */
@FunctionalInterface
public interface RequestCheck {
    /**
     * Returns if {@code request} may go on.
     *
     * @throws Refused to refuse it with status 403 and that message, which the client sees; the data is not sent
     * @throws Exception any other failure refuses it with status 500, and tells nothing
     */
    void check(HttpRequest request) throws Exception;
}
