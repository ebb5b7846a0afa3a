package dev.weft.server;

import dev.weft.ws.Deflation;
import org.jspecify.annotations.Nullable;

/**
 * Whether and how WebSocket messages are compressed (permessage-deflate, <a
 * href="https://www.rfc-editor.org/rfc/rfc7692">RFC 7692</a>) with clients that offer it: all of Socket.IO, Engine.IO and raw
 * endpoints. Immutable: every setter returns a changed one.
 *
 * <pre>{@code
 * Options.defaults().compression(Compression.on())
 * }</pre>
 *
 * <p>Off by default, because it costs more than bandwidth:
 *
 * <ul>
 *   <li>Processor time for every message that is long enough; a broadcast is compressed once for all its recipients.
 *   <li>Memory outside the heap: up to 256 KiB a processor to compress, and 44 KiB for each compressed message that is being
 *       received. An idle connection holds none.
 *   <li>Secrecy: the length of a compressed message tells an eavesdropper, TLS or not, how much its parts resemble each other.
 *       Never put a secret and text that others can choose into one message (the attacks are known as CRIME and BREACH); send it
 *       with {@code compress(false)}.
 * </ul>
 */
public final class Compression {
    private static final int DEFAULT_THRESHOLD = 1024;
    private static final int FASTEST = 1;
    private static final int SMALLEST = 9;
    private static final Compression OFF = new Compression(false, DEFAULT_THRESHOLD, FASTEST, false);
    private static final Compression ON = new Compression(true, DEFAULT_THRESHOLD, FASTEST, false);

    private final boolean enabled;
    private final int threshold;
    private final int level;
    private final boolean clientContextTakeover;

    private Compression(boolean enabled, int threshold, int level, boolean clientContextTakeover) {
        this.enabled = enabled;
        this.threshold = threshold;
        this.level = level;
        this.clientContextTakeover = clientContextTakeover;
    }

    /** Returns no compression: offers of clients are declined. */
    public static Compression off() {
        return OFF;
    }

    /** Returns compression of messages of at least 1,024 bytes at level 1, each by itself. */
    public static Compression on() {
        return ON;
    }

    /** Returns whether messages are compressed. */
    public boolean enabled() {
        return enabled;
    }

    /** Returns the fewest bytes of a message that is sent compressed. */
    public int threshold() {
        return threshold;
    }

    /**
     * Sets the fewest bytes of a message that is sent compressed; shorter ones go as they are.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Compression threshold(int bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("threshold must not be negative but was " + bytes);
        }
        return new Compression(enabled, bytes, level, clientContextTakeover);
    }

    /** Returns how hard to compress, from 1 to 9. */
    public int level() {
        return level;
    }

    /**
     * Sets how hard to compress, from 1 (fast) to 9 (small).
     *
     * @throws IllegalArgumentException if it is less or more
     */
    public Compression level(int newLevel) {
        if (newLevel < FASTEST || newLevel > SMALLEST) {
            throw new IllegalArgumentException("level must be from 1 to 9 but was " + newLevel);
        }
        return new Compression(enabled, threshold, newLevel, clientContextTakeover);
    }

    /** Returns whether a client's messages may refer to its earlier ones. */
    public boolean clientContextTakeover() {
        return clientContextTakeover;
    }

    /**
     * Sets whether a client's messages may refer to its earlier ones, which makes many small ones shorter. It costs up to 32 KiB
     * of heap for each client that does so, as long as it is connected. Messages of the server never refer to earlier ones.
     */
    public Compression clientContextTakeover(boolean allowed) {
        return new Compression(enabled, threshold, level, allowed);
    }

    /** Returns what a server compresses with, or null if it does not. */
    @Nullable
    Deflation start() {
        return enabled ? new Deflation(threshold, level, clientContextTakeover) : null;
    }

    /** Returns {@code off}, or {@code on} with the settings. */
    @Override
    public String toString() {
        return enabled
                ? "on (threshold " + threshold + ", level " + level
                        + (clientContextTakeover ? ", client context takeover)" : ")")
                : "off";
    }
}
