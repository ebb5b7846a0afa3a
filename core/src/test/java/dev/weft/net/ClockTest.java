package dev.weft.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ClockTest {
    private final Failures failures = new Failures();

    @Test
    void runsATaskOnceNotBeforeItsTime() {
        try (Clock clock = new Clock(failures)) {
            long start = System.nanoTime();
            AtomicInteger runs = new AtomicInteger();
            clock.schedule(Duration.ofMillis(30), runs::incrementAndGet);
            Recorder.await("the task runs", () -> runs.get() == 1);
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(30_000_000L);
            assertThat(clock.armed()).isZero();
        }
    }

    @Test
    void forgetsACancelledTaskAtOnce() {
        try (Clock clock = new Clock(failures)) {
            Clock.Timer timer = clock.schedule(Duration.ofHours(1), () -> {});
            Clock.Timer repeated = clock.repeat(Duration.ofHours(1), () -> {});
            assertThat(clock.armed()).isEqualTo(2);
            timer.cancel();
            repeated.cancel();
            assertThat(clock.armed()).isZero();
        }
    }

    @Test
    void goesOnAfterATaskThatFails() {
        try (Clock clock = new Clock(failures)) {
            AtomicInteger runs = new AtomicInteger();
            Clock.Timer timer = clock.repeat(Duration.ofMillis(1), () -> {
                runs.incrementAndGet();
                throw new IllegalStateException("a task that fails, as this test wants");
            });
            Recorder.await("the task runs again", () -> runs.get() >= 2);
            timer.cancel();
        }
        assertThat(failures.unexpectedCount()).isGreaterThanOrEqualTo(1);
    }

    @Test
    void armsNothingOnceClosed() {
        Clock clock = new Clock(failures);
        clock.close();
        clock.schedule(Duration.ofMillis(1), () -> {}).cancel();
        clock.repeat(Duration.ofMillis(1), () -> {}).cancel();
        assertThat(clock.armed()).isZero();
    }

    /** As many a second as a busy server arms and cancels, and more. */
    @Test
    void holdsNothingOfManyTimersThatAreCancelledLongBeforeTheirTime() {
        int timers = Boolean.getBoolean("weft.long") ? 600_000 : 60_000;
        int atOnce = 100;
        try (Clock clock = new Clock(failures)) {
            Deque<Clock.Timer> running = new ArrayDeque<>();
            long heap = 0;
            int threads = 0;
            int most = 0;
            for (int i = 0; i < timers; i++) {
                byte[] kept = new byte[1024]; // what a task holds on to
                running.add(clock.schedule(Duration.ofSeconds(60), () -> kept[0]++));
                most = Math.max(most, clock.armed());
                if (running.size() == atOnce) {
                    running.remove().cancel();
                }
                if (i == timers / 10) {
                    heap = liveHeap();
                    threads = ManagementFactory.getThreadMXBean().getThreadCount();
                }
            }
            long growth = liveHeap() - heap;
            System.out.printf("%,d timers, %d at once: heap grew by %,d bytes%n", timers, most, growth);
            assertThat(most).isEqualTo(atOnce);
            assertThat(growth).isLessThan(1024 * 1024);
            assertThat(ManagementFactory.getThreadMXBean().getThreadCount()).isLessThanOrEqualTo(threads + 2);
            running.forEach(Clock.Timer::cancel);
            assertThat(clock.armed()).isZero();
        }
    }

    private static long liveHeap() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
