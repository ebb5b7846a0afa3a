package dev.weft.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long START = Long.MAX_VALUE - 5; // times may overflow

    private static Pace pace(int messages, int bytes) {
        return new Pace(new RateLimits(messages, bytes, PATIENCE), START);
    }

    private static long at(long millis) {
        return START + TimeUnit.MILLISECONDS.toNanos(millis);
    }

    @Test
    void twoSecondsWorthMayComeAtOnce() {
        Pace pace = pace(100, 0);

        assertThat(pace.received(at(0), 200, 1_000_000_000)).isZero();
        assertThat(pace.excess(at(0))).isFalse();
        assertThat(pace.received(at(0), 50, 0)).isEqualTo(500_000_000);
        assertThat(pace.excess(at(0))).isTrue();
    }

    @Test
    void bytesCountWhateverMessagesTheyMake() {
        Pace pace = pace(1_000_000, 1_000);

        assertThat(pace.received(at(0), 1, 2_000)).isZero();
        assertThat(pace.received(at(0), 0, 100)).isEqualTo(100_000_000);
    }

    @Test
    void zeroMeansNoLimit() {
        Pace pace = pace(0, 0);

        assertThat(pace.received(at(0), Long.MAX_VALUE, Long.MAX_VALUE)).isZero();
        assertThat(pace.exhausted(at(100_000))).isFalse();
    }

    @Test
    void aSteadyRateIsNeverHeldBack() {
        Pace pace = pace(100, 0);
        for (int i = 0; i < 10_000; i++) {
            assertThat(pace.received(at(i * 10L), 1, 10)).isZero();
        }
    }

    @Test
    void aPeerThatNeverStopsExhaustsThePatience() {
        Pace pace = pace(100, 0);
        long now = 0;
        while (now <= PATIENCE.toMillis()) {
            assertThat(pace.exhausted(at(now))).as(now + " ms").isFalse();
            now += TimeUnit.NANOSECONDS.toMillis(pace.received(at(now), 10, 10));
        }
        pace.received(at(now), 10, 10);
        assertThat(now).as("the burst and the patience").isBetween(30_000L, 31_000L);
        assertThat(pace.exhausted(at(now))).isTrue();
    }

    @Test
    void onePauseEndsTheExcess() {
        Pace pace = pace(100, 0);
        pace.received(at(0), 2_900, 0); // 27 s
        assertThat(pace.exhausted(at(27_900))).isFalse();
        assertThat(pace.excess(at(27_900))).isTrue();
        assertThat(pace.excess(at(28_100))).isFalse();

        pace.received(at(28_100), 1_000, 0);
        assertThat(pace.exhausted(at(36_000))).as("this one began anew").isFalse();
    }

    @Test
    void oneMessageWorthMoreThanThePatienceExhaustsIt() {
        Pace pace = pace(0, 1_000);
        assertThat(pace.received(at(0), 1, 1_000_000)).isEqualTo(998_000_000_000L);
        assertThat(pace.exhausted(at(30_000))).isFalse();
        assertThat(pace.exhausted(at(30_001))).isTrue();
    }
}
