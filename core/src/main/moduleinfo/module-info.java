/** The Weft server: WebSocket, Engine.IO and Socket.IO on virtual threads. */
@org.jspecify.annotations.NullMarked
module dev.weft.core {
    requires transitive dev.weft.annotation;
    requires static org.jspecify;
    requires io.github.classgraph;
    requires jakarta.inject;
    requires tools.jackson.databind;

    exports dev.weft;
    exports dev.weft.bytes;
    exports dev.weft.json;
    exports dev.weft.dispatch;
    exports dev.weft.adapter;
    exports dev.weft.server;

    uses dev.weft.dispatch.DispatcherProvider;
}
