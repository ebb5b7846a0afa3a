package dev.weft.ws;

import static dev.weft.ws.Wire.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.weft.Message;
import dev.weft.net.ByteInput;
import java.io.ByteArrayInputStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Memory follows what has arrived, never what is declared; counted in bytes that the thread allocates. */
class MessageReaderMemoryTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int KIB = 1024;
    private static final int MIB = KIB * KIB;

    private static long allocatedBy(Callable<?> work) throws Exception {
        work.call();
        long before = THREADS.getCurrentThreadAllocatedBytes();
        work.call();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    private static MessageReader reader(byte[] bytes, int maxMessage, int maxFragments) {
        return new MessageReader(new ByteInput(new ByteArrayInputStream(bytes)), maxMessage, maxFragments);
    }

    @Test
    void thousandHeadersThatDeclareTooMuchAllocateNextToNothing() throws Exception {
        byte[] header = header(0x82, 1L << 31, 0);
        long allocated = allocatedBy(() -> {
            for (int i = 0; i < 1_000; i++) {
                MessageReader reader = reader(header, MIB, 10);
                assertThatThrownBy(reader::read).hasMessageContaining("declared 2147483648");
            }
            return null;
        });
        // Mostly the assertions.
        assertThat(allocated / 1_000).isLessThan(16L * KIB);
    }

    @Test
    void thousandFramesThatDeclare2GibButBringLittleAllocateLittle() throws Exception {
        byte[] start = Arrays.copyOf(header(0x82, Integer.MAX_VALUE - 8, 0), 100);
        long allocated = allocatedBy(() -> {
            for (int i = 0; i < 1_000; i++) {
                assertThat(reader(start, Integer.MAX_VALUE, 10).read()).isNull();
            }
            return null;
        });
        assertThat(allocated / 1_000).isBetween(8L * KIB, 12L * KIB);
    }

    @Test
    void theSumOfFragmentsIsLimitedBeforeItsArrayGrows() throws Exception {
        byte[] bytes = Wire.join(List.of(Wire.frame(0x02, new byte[10], 1), header(0x80, Integer.MAX_VALUE - 8, 0)));
        assertThatThrownBy(reader(bytes, Integer.MAX_VALUE, 10)::read).hasMessageContaining("after 10");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 1_000, 10_000, 100_000})
    @Timeout(20)
    void sixteenMebibytesCostTheSameInAnyNumberOfFragments(int fragments) throws Exception {
        byte[] payload = new byte[16 * MIB];
        new Random(fragments).nextBytes(payload);
        byte[] bytes = fragmented(payload, fragments);

        Message[] read = new Message[1];
        long allocated = allocatedBy(() -> {
            Incoming next = reader(bytes, payload.length, fragments).read();
            read[0] = ((Incoming.Data) java.util.Objects.requireNonNull(next)).message();
            return null;
        });
        assertThat(read[0].bytes().toByteArray()).isEqualTo(payload);
        // Doubling allocates twice the size, the exact array once more; headers are a few dozen bytes.
        assertThat(allocated).isLessThan(3L * payload.length + 100L * fragments + 64 * KIB);
    }

    @Test
    void aMessageInOneFrameUpTo8KibIsNotCopied() throws Exception {
        byte[] bytes = Wire.frame(0x82, new byte[8 * KIB], 0x01020304);
        long allocated = allocatedBy(() -> reader(bytes, MIB, 1).read());
        assertThat(allocated).isLessThan(8L * KIB + 2L * KIB);
    }

    @Test
    void holdsNoLargeBufferWhileItWaitsForAMessage() throws Exception {
        byte[] burst = Wire.join(java.util.Collections.nCopies(10_000, Wire.frame(0x82, new byte[11], 1)));
        Wire.Pieces pieces = new Wire.Pieces(burst, () -> MIB);
        MessageReader reader = new MessageReader(new ByteInput(pieces), MIB, 1);
        int roomAtItsBest = 0;
        while (reader.read() != null) {
            roomAtItsBest = Math.max(roomAtItsBest, pieces.room());
        }
        assertThat(roomAtItsBest).isGreaterThan(2 * KIB);
        assertThat(pieces.room()).as("room of the read that waits").isEqualTo(256);
    }

    private static byte[] fragmented(byte[] payload, int fragments) {
        List<byte[]> frames = new ArrayList<>();
        for (int i = 0; i < fragments; i++) {
            int from = (int) ((long) payload.length * i / fragments);
            int to = (int) ((long) payload.length * (i + 1) / fragments);
            int first = (i == 0 ? 0x02 : 0) | (i == fragments - 1 ? 0x80 : 0);
            frames.add(Wire.frame(first, Arrays.copyOfRange(payload, from, to), i * 0x9E3779B9));
        }
        return Wire.join(frames);
    }
}
