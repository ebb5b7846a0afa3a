package dev.weft.ws;

import dev.weft.Message;
import dev.weft.bytes.Bytes;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Messages for any number of recipients. Each wire form is made by the first writer that needs it and shared by all others: the
 * plain one, the compressed one, and one for each smaller window that somebody has. Thread-safe.
 */
public final class SharedFrames implements Framed {
    private static final int LEAST_BITS = 8;
    private static final int WINDOWS = DeflateAgreement.MOST_BITS - LEAST_BITS + 1;

    private final List<Message> messages;
    private final boolean compressible;
    private final int size;

    /** Several threads may make it, all alike. */
    private volatile @Nullable Bytes plain;

    /** By window; made when the first recipient with compression gets the messages. */
    private final AtomicReference<@Nullable Copies> compressed = new AtomicReference<>();

    private static final class Copies extends AtomicReferenceArray<@Nullable CompletableFuture<Bytes>> {
        private static final long serialVersionUID = 1L;

        Copies() {
            super(WINDOWS);
        }
    }

    /**
     * Creates frames, each message in one.
     *
     * @param messages what belongs together; not copied
     * @param compressible whether the messages may be compressed
     */
    public SharedFrames(List<Message> messages, boolean compressible) {
        this.messages = messages;
        this.compressible = compressible;
        size = messages.stream().mapToInt(message -> message.bytes().size()).sum();
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Bytes frames() {
        Bytes made = plain;
        if (made == null) {
            made = Frames.of(messages);
            plain = made;
        }
        return made;
    }

    @Override
    public Bytes frames(PeerDeflation peer) {
        Deflation deflation = peer.shared();
        if (!compressible || messages.stream().noneMatch(deflation::isWorthwhile)) {
            return frames();
        }
        boolean shared = messages.stream()
                .allMatch(message -> Compressor.fits(message.bytes().size(), peer.windowBits()));
        int bits = shared ? DeflateAgreement.MOST_BITS : peer.windowBits();
        CompletableFuture<Bytes> mine = new CompletableFuture<>();
        CompletableFuture<Bytes> first = copies().compareAndExchange(bits - LEAST_BITS, null, mine);
        return first == null ? compress(mine, deflation, bits) : first.join();
    }

    /** Compresses for everybody; without holding a lock, since it may take milliseconds. */
    private Bytes compress(CompletableFuture<Bytes> result, Deflation deflation, int windowBits) {
        try {
            Bytes made = deflation.frames(messages, windowBits);
            result.complete(made);
            return made;
        } catch (Throwable t) {
            result.complete(frames()); // for those who wait
            throw t;
        }
    }

    private Copies copies() {
        Copies existing = compressed.get();
        if (existing != null) {
            return existing;
        }
        Copies made = new Copies();
        Copies other = compressed.compareAndExchange(null, made);
        return other == null ? made : other;
    }
}
