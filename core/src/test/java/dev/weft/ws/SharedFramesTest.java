package dev.weft.ws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Message;
import dev.weft.bytes.Bytes;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One compressed copy serves all recipients with the same needs. */
class SharedFramesTest {
    private static final String TEXT = "{\"x\":1,\"y\":2}".repeat(200);

    private final Deflation deflation = new Deflation(1024, 1, false);

    @AfterEach
    void nothingIsHeldOutsideTheHeap() {
        deflation.close();
        assertThat(deflation.deflatersAlive()).isZero();
    }

    private PeerDeflation peer(int windowBits) {
        return new PeerDeflation(deflation, new DeflateAgreement(windowBits, true, false, 15));
    }

    private static SharedFrames frames(boolean compress, Message... messages) {
        return new SharedFrames(List.of(messages), compress);
    }

    private static boolean isCompressed(Bytes frame) {
        return (frame.at(0) & 0x40) != 0;
    }

    @Test
    void aThousandRecipientsOnManyThreadsGetTheSameBytesCompressedOnce() throws Exception {
        SharedFrames shared = frames(true, Message.text(TEXT));
        CountDownLatch start = new CountDownLatch(1);
        Map<Bytes, Boolean> copies = new IdentityHashMap<>();
        try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Bytes>> written = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                written.add(writers.submit(() -> {
                    start.await();
                    return shared.frames(peer(15));
                }));
            }
            start.countDown();
            for (Future<Bytes> one : written) {
                copies.put(one.get(), true);
            }
        }
        assertThat(copies).hasSize(1);
        assertThat(isCompressed(copies.keySet().iterator().next())).isTrue();
        assertThat(deflation.compressions()).isOne();
        assertThat(shared.frames()).isEqualTo(Frames.text(Bytes.utf8(TEXT)));
    }

    @Test
    void eachSmallerWindowGetsOneCopyOfItsOwn() {
        SharedFrames shared = frames(true, Message.text(TEXT));
        for (int round = 0; round < 3; round++) {
            for (int bits = 8; bits <= 15; bits++) {
                Bytes frame = shared.frames(peer(bits));
                InflateTrace.Result result = InflateTrace.read(
                        frame.slice(frame.at(1) == 126 ? 4 : 2).toByteArray());
                assertThat(new String(result.content(), java.nio.charset.StandardCharsets.UTF_8))
                        .isEqualTo(TEXT);
                assertThat(result.farthest()).isLessThanOrEqualTo(1 << bits);
            }
        }
        // 2,600 bytes fit the windows from 12 bits on.
        assertThat(deflation.compressions()).isEqualTo(1 + 4);
        assertThat(shared.frames(peer(12))).isSameAs(shared.frames(peer(15)));
    }

    @Test
    void shortForbiddenAndIncompressibleMessagesGoAsTheyAre() {
        byte[] noise = new byte[2_000];
        new Random(1).nextBytes(noise);
        SharedFrames small = frames(true, Message.text("x".repeat(1023)));
        SharedFrames secret = frames(false, Message.text(TEXT));
        assertThat(small.frames(peer(15))).isSameAs(small.frames());
        assertThat(secret.frames(peer(15))).isSameAs(secret.frames());
        assertThat(deflation.compressions()).isZero();
        assertThat(frames(true, Message.binary(noise)).frames(peer(15))).isEqualTo(Frames.binary(Bytes.wrap(noise)));
    }

    @Test
    void messagesThatBelongTogetherAreCompressedEachByItself() {
        Message large = Message.text(TEXT);
        Message small = Message.binary(new byte[] {1, 2, 3});
        Bytes both = frames(true, large, small).frames(peer(15));
        Bytes first = frames(true, large).frames(peer(15));
        assertThat(both.slice(0, first.size())).isEqualTo(first);
        assertThat(both.slice(first.size())).isEqualTo(Frames.of(small));
    }
}
