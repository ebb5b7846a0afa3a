package dev.weft.processor;

import dev.weft.processor.TypeName.Named;

/** The names of the runtime types that handlers and generated code use; a test compares each with the real class. */
final class RuntimeTypes {
    static final Named ACK = Named.of("dev.weft", "Ack");
    static final Named AUTHORIZER = Named.of("dev.weft", "Authorizer");
    static final Named BAD_VALUE = Named.of("dev.weft.json", "BadValueException");
    static final Named BYTES = Named.of("dev.weft.bytes", "Bytes");
    static final Named CLOSE_CODE = Named.of("dev.weft", "CloseCode");
    static final Named DISCONNECT_REASON = Named.of("dev.weft", "DisconnectReason");
    static final Named DISPATCHER = Named.of("dev.weft.dispatch", "Dispatcher");
    static final Named DISPATCHER_PROVIDER = Named.of("dev.weft.dispatch", "DispatcherProvider");
    static final Named ENDPOINT_DISPATCHER = Named.of("dev.weft.dispatch", "EndpointDispatcher");
    static final Named EVENT = Named.of("dev.weft", "Event");
    static final Named HANDSHAKE = Named.of("dev.weft", "Handshake");
    static final Named INSTANCES = Named.of("dev.weft.dispatch", "Instances");
    static final Named JSON_MAPPER = Named.of("dev.weft.json", "JsonMapper");
    static final Named JSON_NODE = Named.of("tools.jackson.databind", "JsonNode");
    static final Named MESSAGE = Named.of("dev.weft", "Message");
    static final Named MESSAGE_BINARY = Named.of("dev.weft", "Message.Binary");
    static final Named MESSAGE_TEXT = Named.of("dev.weft", "Message.Text");
    static final Named PROBLEM = Named.of("dev.weft", "Problem");
    static final Named SOCKET = Named.of("dev.weft", "Socket");
    static final Named TYPE_REFERENCE = Named.of("tools.jackson.core.type", "TypeReference");
    static final Named VALUE_READER = Named.of("dev.weft.json", "ValueReader");
    static final Named WEB_SOCKET = Named.of("dev.weft", "WebSocket");
    static final Named WEB_SOCKET_DISPATCHER = Named.of("dev.weft.dispatch", "WebSocketDispatcher");

    static final Named INJECT = Named.of("jakarta.inject", "Inject");
    static final Named NAMED = Named.of("jakarta.inject", "Named");
    static final Named QUALIFIER = Named.of("jakarta.inject", "Qualifier");
    static final Named PROVIDER = Named.of("jakarta.inject", "Provider");

    private RuntimeTypes() {}
}
