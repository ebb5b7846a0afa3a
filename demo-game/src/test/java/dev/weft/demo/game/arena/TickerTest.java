package dev.weft.demo.game.arena;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TickerTest {
    @Test
    void keepsTheBeatHoweverLateAStepWas() {
        assertThat(Ticker.next(1000, 100, 1099)).isEqualTo(1100);
        assertThat(Ticker.next(1000, 100, 1350)).isEqualTo(1100);
    }

    @Test
    void skipsStepsAfterALongStall() {
        assertThat(Ticker.next(1000, 100, 9000)).isEqualTo(9100);
    }

    @Test
    void endsWhenTheStepReturnsFalse() throws Exception {
        CountDownLatch steps = new CountDownLatch(3);
        Thread thread = Ticker.start("test", 1000, () -> {
            steps.countDown();
            return steps.getCount() > 0;
        });
        assertThat(thread.join(Duration.ofSeconds(10))).isTrue();
        assertThat(steps.await(0, TimeUnit.SECONDS)).isTrue();
    }
}
