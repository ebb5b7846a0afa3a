package dev.weft.dispatch;

/** What the processor writes for one handler class. */
public sealed interface Dispatcher permits EndpointDispatcher, WebSocketDispatcher {}
