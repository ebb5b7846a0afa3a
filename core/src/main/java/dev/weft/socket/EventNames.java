package dev.weft.socket;

import dev.weft.packet.Packet;
import org.jspecify.annotations.Nullable;

/** Checks the names of events that applications send or listen to. */
final class EventNames {
    private EventNames() {}

    /** Returns {@code event}, unless the protocol keeps the name for itself. */
    static String check(String event) {
        if (Packet.Event.isReserved(event)) {
            throw new IllegalArgumentException(
                    "\"" + event + "\" is reserved by the Socket.IO protocol; " + remedy(event));
        }
        return event;
    }

    private static String remedy(String event) {
        return switch (event) {
            case "connect" -> "use Namespace.onConnect(…)";
            case "disconnect", "disconnecting" -> "use Socket.onDisconnect(…)";
            default -> "choose another event name";
        };
    }

    /** Returns a copy of variable arguments; a bare null stands for one argument that is null. */
    @SuppressWarnings("NullAway") // Java lets null through where an array is declared
    static @Nullable Object[] values(@Nullable Object[] args) {
        return args == null ? new @Nullable Object[] {null} : args.clone();
    }
}
