package dev.weft;

/**
 * Decides who a client is when it connects to a namespace. May block.
 *
 * @param <P> the principal: what handlers get to know of the caller
 */
@FunctionalInterface
public interface Authorizer<P> {
    /**
     * Returns the principal of the client that presents {@code handshake}.
     *
     * @throws Refused to refuse it, with what the client is told
     * @throws Exception any other failure refuses it too, and tells nothing
     */
    P authorize(Handshake handshake) throws Exception;
}
