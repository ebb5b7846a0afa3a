package dev.weft.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.AckTimeoutException;
import dev.weft.Arguments;
import dev.weft.DisconnectedException;
import dev.weft.WeftException;
import dev.weft.json.JsonMapper;
import dev.weft.net.Clock;
import dev.weft.net.Failures;
import dev.weft.packet.PayloadArguments;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PendingAcksTest {
    private static final Duration LONG = Duration.ofHours(1);

    private final Clock clock = new Clock(new Failures());
    private final LongAdder total = new LongAdder();
    private final PendingAcks acks = new PendingAcks(clock, total, 1_000);
    private final Arguments answer = PayloadArguments.empty(JsonMapper.standard());

    @AfterEach
    void nothingIsPendingAfterwards() {
        assertThat(total.sum()).isZero();
        assertThat(clock.armed()).isZero();
        clock.close();
    }

    @Test
    void endsWithTheAnswerAndIgnoresWhatComesLater() {
        CompletableFuture<Arguments> future = acks.expect(7, LONG);
        acks.answer(8, answer);
        assertThat(future).isNotDone();
        acks.answer(7, answer);
        acks.answer(7, PayloadArguments.empty(JsonMapper.standard()));
        acks.close();
        assertThat(future).isCompletedWithValueMatching(value -> value == answer);
    }

    @Test
    void endsAtItsDeadline() {
        CompletableFuture<Arguments> future = acks.expect(1, Duration.ofMillis(10));
        assertThat(future)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withCauseInstanceOf(AckTimeoutException.class);
        acks.answer(1, answer);
    }

    @Test
    void endsWhenTheSocketGoesAndAtOnceAfterwards() {
        CompletableFuture<Arguments> before = acks.expect(1, LONG);
        acks.close();
        CompletableFuture<Arguments> after = acks.expect(2, LONG);
        for (CompletableFuture<Arguments> future : List.of(before, after)) {
            assertThat(future).isCompletedExceptionally();
            assertThat(future.exceptionNow()).isInstanceOf(DisconnectedException.class);
        }
    }

    @Test
    void refusesMoreThanItsLimit() {
        PendingAcks few = new PendingAcks(clock, total, 1);
        CompletableFuture<Arguments> first = few.expect(1, LONG);
        assertThat(few.expect(2, LONG).exceptionNow())
                .isInstanceOf(WeftException.class)
                .hasMessageContaining("maxPendingAcks");
        assertThat(first).isNotDone();
        few.close();
    }

    @RepeatedTest(20)
    void endsExactlyOnceWhateverHappensAtTheSameTime() throws InterruptedException {
        AtomicInteger ends = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            int id = i;
            var unused =
                    acks.expect(id, Duration.ofNanos(500_000)).whenComplete((value, failure) -> ends.incrementAndGet());
            threads.add(Thread.ofVirtual().start(() -> acks.answer(id, answer)));
        }
        threads.add(Thread.ofVirtual().start(acks::close));
        for (Thread thread : threads) {
            thread.join();
        }
        // The clock may have completed some, and may not have told yet.
        long limit = System.nanoTime() + Duration.ofSeconds(15).toNanos();
        while ((ends.get() < 200 || total.sum() > 0) && System.nanoTime() < limit) {
            LockSupport.parkNanos(1_000_000);
        }
        assertThat(ends).hasValue(200);
    }
}
