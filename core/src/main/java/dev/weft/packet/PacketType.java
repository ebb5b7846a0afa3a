package dev.weft.packet;

/** The first character of a packet (Socket.IO v5, "Packet types"). */
enum PacketType {
    CONNECT('0'),
    DISCONNECT('1'),
    EVENT('2'),
    ACK('3'),
    CONNECT_ERROR('4'),
    BINARY_EVENT('5'),
    BINARY_ACK('6');

    private final char digit;

    PacketType(char digit) {
        this.digit = digit;
    }

    /** Returns the type of {@code digit}, or throws if there is none. */
    static PacketType of(int digit) {
        return switch (digit) {
            case '0' -> CONNECT;
            case '1' -> DISCONNECT;
            case '2' -> EVENT;
            case '3' -> ACK;
            case '4' -> CONNECT_ERROR;
            case '5' -> BINARY_EVENT;
            case '6' -> BINARY_ACK;
            default -> throw new PacketException("expected a packet type from 0 to 6");
        };
    }

    char digit() {
        return digit;
    }

    boolean isBinary() {
        return this == BINARY_EVENT || this == BINARY_ACK;
    }
}
