package dev.weft.processor;

import java.util.Map;

/** Types of Weft that people ask for as parameters although they come from another one. */
final class FrameworkTypes {
    private static final String SOCKET = "take Socket and call socket.";

    private static final Map<String, String> REMEDIES = Map.of(
            "Arguments",
            "take Event and call event.arguments()",
            "Broadcast",
            SOCKET + "broadcast() or socket.to(room)",
            "Connection",
            SOCKET + "connection()",
            "Emitter",
            "take Socket, which is one",
            "Headers",
            "take Handshake, or WebSocket, and call request().headers()",
            "HttpRequest",
            "take Handshake, or WebSocket, and call request()",
            "Namespace",
            SOCKET + "namespace()",
            "Session",
            SOCKET + "connection()");

    private FrameworkTypes() {}

    /** Returns why a type of package {@code dev.weft} is no packet argument, with a remedy. */
    static String reason(String simpleName) {
        return "belongs to Weft and comes in no packet; "
                + REMEDIES.getOrDefault(simpleName, "take a type that the packet holds");
    }

    /** Returns whether {@code packageName} is that of the types which reason() is about. */
    static boolean isHome(String packageName) {
        return packageName.equals(RuntimeTypes.SOCKET.packageName());
    }
}
