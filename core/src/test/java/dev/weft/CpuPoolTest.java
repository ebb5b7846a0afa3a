package dev.weft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CpuPoolTest {
    private final CountDownLatch release = new CountDownLatch(1);

    private static <T> Future<T> onVirtualThread(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofVirtual().start(task);
        return task;
    }

    /** Keeps a thread until it is released or interrupted. */
    private boolean occupy(CountDownLatch begun) throws InterruptedException {
        begun.countDown();
        release.await();
        return true;
    }

    @Test
    void runsOnPlatformThreadsAndReturnsResults() throws Exception {
        try (CpuPool pool = new CpuPool(2, 2)) {
            Future<Boolean> virtual =
                    onVirtualThread(() -> pool.call(() -> Thread.currentThread().isVirtual()));
            assertThat(virtual.get()).isFalse();
            assertThat(pool.<Object>call(() -> null)).isNull();
        }
        assertThat(CpuPool.shared().call(() -> 42)).isEqualTo(42);
    }

    @Test
    void throwsWhatTheWorkThrows() {
        try (CpuPool pool = new CpuPool(1, 1)) {
            assertThatThrownBy(() -> pool.call(() -> {
                        throw new IOException("no disk");
                    }))
                    .isInstanceOf(IOException.class)
                    .hasMessage("no disk");
            assertThatThrownBy(() -> pool.call(() -> {
                        throw new StackOverflowError();
                    }))
                    .isInstanceOf(StackOverflowError.class);
        }
    }

    @Test
    void refusesWorkBeyondItsLimitAndSaysWhatToDo() throws Exception {
        try (CpuPool pool = new CpuPool(1, 2)) {
            CountDownLatch begun = new CountDownLatch(1);
            FutureTask<Boolean> first = new FutureTask<>(() -> pool.call(() -> occupy(begun)));
            Thread.ofVirtual().start(first);
            begun.await();
            List<Future<Boolean>> accepted = new ArrayList<>(List.of(first));
            for (int i = 0; i < 2; i++) {
                FutureTask<Boolean> next = new FutureTask<>(() -> pool.call(() -> occupy(begun)));
                Thread caller = Thread.ofVirtual().start(next);
                while (caller.getState() != Thread.State.WAITING) { // for its result, once it is queued
                    Thread.onSpinWait();
                }
                accepted.add(next);
            }
            assertThatThrownBy(() -> pool.call(() -> true))
                    .isInstanceOf(WeftException.class)
                    .hasMessageContaining("1 pieces of work run and 2 wait")
                    .hasMessageContaining("new CpuPool(threads, waiting)");
            release.countDown();
            for (Future<Boolean> each : accepted) {
                assertThat(each.get()).isTrue();
            }
        }
    }

    @Test
    void anInterruptReachesTheWorkAndTheCaller() throws Exception {
        AtomicBoolean workInterrupted = new AtomicBoolean();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        try (CpuPool pool = new CpuPool(1, 1)) {
            FutureTask<Boolean> caller = new FutureTask<>(() -> pool.call(() -> {
                try {
                    return occupy(begun);
                } catch (InterruptedException e) {
                    workInterrupted.set(true);
                    throw e;
                } finally {
                    ended.countDown();
                }
            }));
            Thread thread = Thread.ofVirtual().start(caller);
            begun.await();
            thread.interrupt();
            assertThatThrownBy(caller::get).hasCauseInstanceOf(InterruptedException.class);
            assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(workInterrupted).isTrue();
            assertThat(pool.call(() -> Thread.currentThread().isInterrupted()))
                    .as("the next work")
                    .isFalse();
        }
    }

    @Test
    void workThatAsksForWorkDoesNotWaitForItself() throws Exception {
        try (CpuPool pool = new CpuPool(1, 1)) {
            assertThat(pool.call(() -> pool.call(() -> pool.call(() -> "done"))))
                    .isEqualTo("done");
        }
    }

    @Test
    void takesNothingOnceClosedButTheSharedOneStaysOpen() throws Exception {
        CpuPool pool = new CpuPool(1, 1);
        assertThat(pool.call(() -> 1)).isEqualTo(1);
        pool.close();
        assertThatThrownBy(() -> pool.call(() -> 2))
                .isInstanceOf(WeftException.class)
                .hasMessage("the CPU pool is closed");
        CpuPool.shared().close();
        assertThat(CpuPool.shared().call(() -> 3)).isEqualTo(3);
        assertThatThrownBy(() -> new CpuPool(0, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
