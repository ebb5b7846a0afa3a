package dev.weft.packet;

/**
 * The peer broke the protocol: its connection ends with reason {@code parse error}, and nothing of the packet is
 * delivered. The message says what was expected and what came; it holds at most a few characters of the packet.
 */
public final class PacketException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean tooLarge;

    /** Creates the failure. */
    public PacketException(String message) {
        this(message, false);
    }

    private PacketException(String message, boolean tooLarge) {
        super(message, null, false, false);
        this.tooLarge = tooLarge;
    }

    /** Returns the failure of a packet that has more bytes with its attachments than is allowed. */
    static PacketException tooLarge(String message) {
        return new PacketException(message, true);
    }

    /** Returns whether the packet broke no rule but the limit of its size: then the reason is {@code payload too large}. */
    public boolean tooLarge() {
        return tooLarge;
    }
}
