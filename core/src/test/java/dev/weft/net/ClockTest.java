package dev.weft.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
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
}
