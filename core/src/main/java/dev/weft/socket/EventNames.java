package dev.weft.socket;

import dev.weft.packet.Packet;

/** Checks the names of events that applications send or listen to. */
final class EventNames {
    private EventNames() {}

    /** Returns {@code event}, unless the protocol keeps the name for itself. */
    static String check(String event) {
        if (Packet.Event.isReserved(event)) {
            throw new IllegalArgumentException(
                    "\"" + event + "\" is reserved by the Socket.IO protocol; choose another event name");
        }
        return event;
    }
}
