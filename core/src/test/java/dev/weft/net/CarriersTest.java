package dev.weft.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CarriersTest {
    private static final int CARRIERS = Integer.getInteger(
            "jdk.virtualThreadScheduler.parallelism", Runtime.getRuntime().availableProcessors());
    private static final Duration SPIN = Duration.ofMillis(1_500);

    private final Failures failures = new Failures();
    private final Clock clock = new Clock(failures);
    private final Carriers carriers = new Carriers(clock, new Handlers(), failures);

    @AfterEach
    void close() {
        clock.close();
        assertThat(failures.unexpectedCount()).isZero();
    }

    /** Keeps every carrier busy for a while; returns when all are. */
    private static List<Thread> spin() throws InterruptedException {
        CountDownLatch spinning = new CountDownLatch(CARRIERS);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < CARRIERS; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                spinning.countDown();
                long end = System.nanoTime() + SPIN.toNanos();
                while (System.nanoTime() < end) {
                    Thread.onSpinWait();
                }
            }));
        }
        assertThat(spinning.await(30, TimeUnit.SECONDS)).isTrue();
        return threads;
    }

    @Test
    void timeStandsStillWhileVirtualThreadsDoNotRun() throws InterruptedException {
        long start = carriers.time();
        for (Thread thread : spin()) {
            thread.join();
        }
        assertThat(carriers.time() - start).isLessThan(SPIN.toNanos() / 2);
    }

    @Test
    void aDeadlineWaitsForVirtualThreadsToGetTheirTurn() throws InterruptedException {
        List<Thread> spinning = spin();
        long start = System.nanoTime();
        AtomicLong fired = new AtomicLong();
        carriers.deadline(SPIN.dividedBy(2), () -> fired.set(System.nanoTime()));
        Recorder.await("the deadline", () -> fired.get() != 0);
        assertThat(fired.get() - start).isGreaterThan(SPIN.toNanos());
        for (Thread thread : spinning) {
            thread.join();
        }
    }

    @Test
    void aCancelledDeadlineNeverFires() {
        AtomicBoolean fired = new AtomicBoolean();
        int armed = clock.armed();
        carriers.deadline(Duration.ofHours(1), () -> fired.set(true)).cancel();
        assertThat(clock.armed()).isLessThanOrEqualTo(armed);
        assertThat(fired).isFalse();
    }

    @Test
    void whoGivesWayLetsAThreadInThatAPlatformThreadStarts() throws InterruptedException {
        AtomicBoolean stop = new AtomicBoolean();
        List<Thread> greedy = new ArrayList<>();
        for (int i = 0; i < CARRIERS * 2; i++) {
            greedy.add(Thread.ofVirtual().start(() -> {
                while (!stop.get()) {
                    carriers.giveWay();
                    Thread.yield();
                }
            }));
        }
        try {
            for (int i = 0; i < 10; i++) {
                CountDownLatch ran = new CountDownLatch(1);
                Thread.ofVirtual().start(ran::countDown);
                assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
            }
        } finally {
            stop.set(true);
        }
        for (Thread thread : greedy) {
            thread.join();
        }
    }
}
