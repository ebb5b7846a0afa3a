package dev.weft.engine;

import dev.weft.DisconnectReason;
import dev.weft.bytes.Bytes;

/** Where a session hands up what it got: the one interface between Engine.IO and what runs on it. */
public interface EngineListener {
    /** A text message came. Called on the thread that reads, in order; may block, and holds back only this client. */
    void text(Bytes payload);

    /** A binary message came. Called like {@link #text}. */
    void binary(Bytes payload);

    /**
     * The server stops: {@link EngineSession#drained} is to be called as soon as everything that has come is handled. Called on any
     * thread; must not block.
     */
    void drain();

    /** The session has ended. Called once, on any thread; must not block. */
    void closed(DisconnectReason reason);
}
