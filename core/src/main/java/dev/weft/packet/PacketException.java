package dev.weft.packet;

/**
 * The peer broke the protocol: its connection ends with reason {@code parse error}, and nothing of the packet is
 * delivered. The message says what was expected and what came; it holds at most a few characters of the packet.
 */
public final class PacketException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates the failure. */
    public PacketException(String message) {
        super(message, null, false, false);
    }
}
