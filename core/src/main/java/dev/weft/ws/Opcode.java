package dev.weft.ws;

import org.jspecify.annotations.Nullable;

/** What a frame is (RFC 6455, section 5.2). */
public enum Opcode {
    /** A further fragment of a message. */
    CONTINUATION(0x0),
    /** The first or only frame of a text message. */
    TEXT(0x1),
    /** The first or only frame of a binary message. */
    BINARY(0x2),
    /** The closing handshake. */
    CLOSE(0x8),
    /** A question whether the peer is there. */
    PING(0x9),
    /** The answer to a ping, or an unasked sign of life. */
    PONG(0xA);

    private static final @Nullable Opcode[] BY_CODE = new @Nullable Opcode[16];

    static {
        for (Opcode opcode : values()) {
            BY_CODE[opcode.code] = opcode;
        }
    }

    private final int code;

    Opcode(int code) {
        this.code = code;
    }

    /** Returns the opcode with the number {@code code} (0 to 15), or null for a number that the RFC reserves. */
    public static @Nullable Opcode of(int code) {
        return BY_CODE[code];
    }

    /** Returns the number on the wire, from 0 to 15. */
    public int code() {
        return code;
    }

    /** Returns whether frames of this kind may come between the fragments of a message (section 5.5). */
    public boolean isControl() {
        return code >= 0x8;
    }
}
