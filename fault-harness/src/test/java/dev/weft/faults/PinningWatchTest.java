package dev.weft.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.pinned.SlowClass;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PinningWatchTest {
    /** Initialized by a test: its class is a test's own. */
    private static final class SlowTestClass {
        static final long STARTED = waited();

        private static long waited() {
            LockSupport.parkNanos(100_000_000);
            return System.nanoTime();
        }
    }

    @Test
    void findsWhatWeftKeepsACarrierForAndNotWhatTestsDo(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("pinned.jfr");
        try (Recording recording = PinningWatch.record()) {
            Thread.ofVirtual()
                    .start(() -> assertThat(SlowClass.STARTED).isNotZero())
                    .join();
            Thread.ofVirtual()
                    .start(() -> assertThat(SlowTestClass.STARTED).isNotZero())
                    .join();
            Thread.ofVirtual().start(() -> LockSupport.parkNanos(50_000_000)).join();
            recording.dump(file);
        }
        assertThat(PinningWatch.pinnedByWeft(file))
                .singleElement()
                .asString()
                .contains("SlowClass.waited")
                .doesNotContain("SlowTestClass");
    }
}
