package dev.weft.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the ledger counts; it keeps one of this class, too. */
@ExtendWith(LeakLedger.class)
class LeakLedgerTest {
    @Test
    void countsThreadsOfTheServerAndVirtualOnes() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        Runnable body = () -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        };
        Thread platform = Thread.ofPlatform().name("weft-leaked").start(body);
        Thread virtual = Thread.ofVirtual().name("left behind").start(body);
        Thread other = Thread.ofPlatform().name("not ours").start(body);
        assertThat(Vitals.withoutInstances().threads())
                .containsEntry("weft-leaked", 1L)
                .containsEntry("left behind", 1L)
                .doesNotContainKey("not ours");
        end.countDown();
        platform.join();
        virtual.join();
        other.join();
        assertThat(Vitals.withoutInstances().threads()).doesNotContainKeys("weft-leaked", "left behind");
    }

    @Test
    void countsSockets() throws IOException {
        long before = Vitals.withoutInstances().sockets();
        try (ServerSocket socket = new ServerSocket(0)) {
            assertThat(Vitals.withoutInstances().sockets())
                    .as(socket.toString())
                    .isEqualTo(before + 1);
        }
        assertThat(Vitals.withoutInstances().sockets()).isEqualTo(before);
    }

    @Test
    void goesOnWaitingUntilEverythingIsBack() {
        Vitals before = Vitals.withoutInstances();
        CountDownLatch end = new CountDownLatch(1);
        Thread.ofVirtual().name("slow to end").start(() -> {
            end.countDown();
            LockSupport.parkNanos(50_000_000);
        });
        before.awaitNoMoreThanThis();
        assertThat(end.getCount()).isZero();
        assertThat(Vitals.withoutInstances().threads()).doesNotContainKey("slow to end");
    }
}
