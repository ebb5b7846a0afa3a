package dev.weft.engine;

import dev.weft.DisconnectReason;
import dev.weft.net.Outbox;

/** How a session reaches its client now. */
sealed interface Transport permits PollingTransport, WebSocketTransport {
    /** Returns the name that the protocol uses. */
    String name();

    /** Returns what waits to be sent. */
    Outbox<? super OutPacket> outbox();

    /** Returns whether the client may have sent something that a busy handler keeps from being read. */
    boolean holdsUnread();

    /** Returns whether the client sends too much and is read later for that. */
    boolean heldBack();

    /** Returns whether the calling thread reads for the transport and also runs the handlers. */
    boolean readsOnThisThread();

    /** If the calling thread reads for the transport, lets another thread go on reading. */
    void handOnReading();

    /** Returns whether something waits that only a further request of the client can fetch. */
    boolean hasUnfetched();

    /** Ends the transport after everything queued. */
    void finish();

    /** Ends the transport after everything queued, because the server stops. */
    void goAway();

    /** Ends the transport at once; must not block. */
    void abort(DisconnectReason reason);
}
