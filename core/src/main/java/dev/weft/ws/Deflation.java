package dev.weft.ws;

import dev.weft.Message;
import dev.weft.bytes.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * What the WebSockets of one server share to compress (permessage-deflate, RFC 7692): the native memory, and how many may
 * compress at once. Thread-safe.
 */
public final class Deflation implements AutoCloseable {
    private static final int MAX_IDLE_INFLATERS = 64;

    private final int threshold;
    private final boolean clientTakeover;
    private final NativePool<Deflater> deflaters;
    private final NativePool<Inflater> inflaters =
            new NativePool<>(MAX_IDLE_INFLATERS, () -> new Inflater(true), Inflater::reset, Inflater::end);

    /** More than one a processor would only hold more memory. */
    private final Semaphore turns;

    private final LongAdder compressions = new LongAdder();

    /**
     * Creates the shared part of one server.
     *
     * @param threshold the fewest bytes of a message that is worth compressing
     * @param level from 1, fast, to 9, small
     * @param clientTakeover whether messages of a client may refer to earlier ones: 32 KiB for each client that does so
     */
    public Deflation(int threshold, int level, boolean clientTakeover) {
        this.threshold = threshold;
        this.clientTakeover = clientTakeover;
        int processors = Runtime.getRuntime().availableProcessors();
        deflaters = new NativePool<>(processors, () -> new Deflater(level, true), Deflater::reset, Deflater::end);
        turns = new Semaphore(processors);
    }

    /** Agrees to the first acceptable offer in the values of {@code Sec-WebSocket-Extensions}; null if there is none. */
    @Nullable
    DeflateAgreement negotiate(List<String> fields) {
        return DeflateAgreement.negotiate(fields, clientTakeover);
    }

    MessageInflater inflater(int maxMessage, DeflateAgreement agreement) {
        return new MessageInflater(inflaters, maxMessage, agreement);
    }

    /** Returns whether {@code message} is long enough to be compressed. */
    boolean isWorthwhile(Message message) {
        return message.bytes().size() >= threshold && !message.bytes().isEmpty();
    }

    /**
     * Returns messages, each in one frame, compressed where that makes them smaller.
     *
     * @param windowBits the base-2 logarithm of the window of those who get them
     */
    Bytes frames(List<Message> messages, int windowBits) {
        List<@Nullable Bytes> compressed = new ArrayList<>(messages.size());
        for (Message message : messages) {
            Bytes smaller = isWorthwhile(message) ? compress(message.bytes(), windowBits) : null;
            compressed.add(smaller != null && smaller.size() < message.bytes().size() ? smaller : null);
        }
        return Frames.of(messages, compressed);
    }

    private Bytes compress(Bytes payload, int windowBits) {
        compressions.increment();
        turns.acquireUninterruptibly();
        try {
            Deflater deflater = deflaters.take();
            try {
                return Compressor.compress(payload, windowBits, deflater);
            } finally {
                deflaters.give(deflater);
            }
        } finally {
            turns.release();
        }
    }

    /** Returns how many messages have been compressed. */
    long compressions() {
        return compressions.sum();
    }

    /** Returns how many inflaters hold native memory. */
    int inflatersAlive() {
        return inflaters.alive();
    }

    /** Returns how many deflaters hold native memory. */
    int deflatersAlive() {
        return deflaters.alive();
    }

    /** Gives the native memory back; what is in use follows when its use ends. */
    @Override
    public void close() {
        deflaters.close();
        inflaters.close();
    }
}
