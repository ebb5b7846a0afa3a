package dev.weft.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FailuresTest {
    private static final Logger LOG = Logger.getLogger("dev.weft");
    private static final int MANY = 100_000;

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // it wraps around
    private final Failures failures = new Failures(now::get);
    private final List<LogRecord> lines = new ArrayList<>();
    private final Handler capture = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(line);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        LOG.addHandler(capture);
        LOG.setUseParentHandlers(false);
    }

    @AfterEach
    void stopListening() {
        LOG.removeHandler(capture);
        LOG.setUseParentHandlers(true);
        LOG.setLevel(null);
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private List<String> messages() {
        return lines.stream().map(LogRecord::getMessage).toList();
    }

    @Test
    void tellsTheFirstFaultOfAKindAtOnceAndTheOthersTogether() {
        for (int i = 1; i <= MANY; i++) {
            failures.peer(PeerFault.MALFORMED_REQUEST, "fault " + i);
        }
        assertThat(messages()).containsExactly("1 malformed HTTP requests, the last one: fault 1");

        pass(Summary.INTERVAL);
        failures.summarise();
        failures.summarise();
        assertThat(messages()).hasSize(2).last().isEqualTo("99999 malformed HTTP requests, the last one: fault 100000");
        assertThat(lines).allMatch(line -> line.getLevel().equals(Level.WARNING));
    }

    @Test
    void saysNothingWhileNothingHappens() {
        pass(Summary.INTERVAL.multipliedBy(3));
        failures.summarise();
        assertThat(lines).isEmpty();
    }

    @Test
    void tellsKindsApart() {
        failures.peer(PeerFault.TOO_LARGE, "a");
        failures.peer(PeerFault.BAD_MESSAGE, "b");
        assertThat(lines).hasSize(2);
    }

    @Test
    void everyFaultIsThereAtLevelDebug() {
        LOG.setLevel(Level.FINE);
        failures.peer(PeerFault.TOO_LARGE, "a");
        failures.peer(PeerFault.TOO_LARGE, "b");
        failures.unlessPeer("a connection", new IOException("reset"));
        assertThat(lines).filteredOn(line -> line.getLevel().equals(Level.FINE)).hasSize(3);
    }

    @Test
    void limitsTheTracesOfHandlersAndCountsTheRest() {
        for (int i = 0; i < MANY; i++) {
            failures.handler("a route", new IllegalStateException());
        }
        assertThat(lines).hasSizeLessThan(100).allMatch(line -> line.getThrown() != null);
        int before = lines.size();

        failures.summarise();
        assertThat(messages().getLast())
                .startsWith(MANY - before + " more failures")
                .endsWith("handler failed: a route");
        pass(Summary.INTERVAL);
        failures.handler("a route", new IllegalStateException());
        assertThat(lines.getLast().getThrown()).isNotNull();
        assertThat(failures.handlerCount()).isEqualTo(MANY + 1);
    }

    @Test
    void whatAPeerSentBeginsNoLineOfTheLog() {
        failures.peer(PeerFault.BAD_MESSAGE, "a\r\nWARNING: b\u0000");
        failures.handler("event \"\n\"", new IllegalStateException());
        assertThat(messages()).hasSize(2).allMatch(line -> line.chars().noneMatch(Character::isISOControl));
    }
}
