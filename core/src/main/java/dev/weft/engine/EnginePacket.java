package dev.weft.engine;

import dev.weft.bytes.Bytes;

/** One Engine.IO packet from a client (Engine.IO v4, "Protocol"). */
sealed interface EnginePacket {
    /** A message with text. */
    record Text(Bytes payload) implements EnginePacket {}

    /** A message with bytes. */
    record Binary(Bytes payload) implements EnginePacket {}

    /** A ping; a client sends one only to probe a transport. */
    record Ping(Bytes payload) implements EnginePacket {}

    /** The answer to our ping. */
    record Pong() implements EnginePacket {}

    /** The client closes the session. */
    record Close() implements EnginePacket {}

    /** The client has switched to the probed transport. */
    record Upgrade() implements EnginePacket {}

    /** Nothing. */
    record Noop() implements EnginePacket {}
}
