package dev.weft.ws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class NativePoolTest {
    private final AtomicInteger created = new AtomicInteger();
    private final List<Integer> reset = new ArrayList<>();
    private final List<Integer> released = new ArrayList<>();
    private final NativePool<Integer> pool = new NativePool<>(2, created::incrementAndGet, reset::add, released::add);

    @Test
    void whatComesBackIsLentAgainInItsInitialState() {
        pool.give(pool.take());
        assertThat(pool.take()).isEqualTo(1);
        assertThat(reset).containsExactly(1);
        assertThat(released).isEmpty();
    }

    @Test
    void noMoreThanTheBoundWaits() {
        List<Integer> lent = List.of(pool.take(), pool.take(), pool.take());
        assertThat(pool.alive()).isEqualTo(3);
        lent.forEach(pool::give);
        assertThat(released).containsExactly(3);
        assertThat(pool.alive()).isEqualTo(2);
    }

    @Test
    void aClosedPoolReleasesWhatWaitsAndWhatComesBack() {
        int first = pool.take();
        int second = pool.take();
        pool.give(first);
        pool.close();
        assertThat(released).containsExactly(first);
        pool.give(second);
        assertThat(released).containsExactly(first, second);
        assertThat(pool.alive()).isZero();
    }
}
