package dev.weft.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.OverflowPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OutboxTest {
    private static final int SENDERS = 8;
    private static final OutboxLimits WIDE = limits(Integer.MAX_VALUE, Integer.MAX_VALUE);

    private static final Delivery PLAIN = Delivery.data(OverflowPolicy.CLOSE, 0);
    private static final Delivery COPY = PLAIN.copy();

    private final Failures failures = new Failures();
    private final Clock clock = new Clock(failures);
    private final Drainers drainers = new Drainers(new Carriers(clock, new Handlers(), failures), failures);
    private final Recorder sink = new Recorder();

    @AfterEach
    void close() {
        drainers.close();
        clock.close();
        assertThat(failures.unexpectedCount()).isZero();
        assertThat(sink.writesAtOnce).as("writes at once").hasValue(0);
    }

    private Outbox<Item> outbox(OutboxLimits limits) {
        Outbox<Item> outbox = new Outbox<>(drainers, limits, sink);
        outbox.attach(sink);
        return outbox;
    }

    private static OutboxLimits limits(int bytes, int messages) {
        return new OutboxLimits(bytes, messages, OverflowPolicy.CLOSE, Duration.ofSeconds(1));
    }

    private static Item item(int number) {
        return new Item(0, number, 10);
    }

    private static void inParallel(int threads, IntConsumer body) {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int index = i;
            all.add(CompletableFuture.runAsync(() -> body.accept(index), Thread::startVirtualThread));
        }
        all.forEach(CompletableFuture::join); // what failed there fails here
    }

    private static void assertOrderOfEachSender(List<Item> items) {
        for (int sender = 0; sender < SENDERS; sender++) {
            int from = sender;
            List<Integer> numbers = items.stream()
                    .filter(item -> item.sender() == from)
                    .map(Item::number)
                    .toList();
            assertThat(numbers)
                    .containsExactlyElementsOf(
                            IntStream.range(0, numbers.size()).boxed().toList());
        }
    }

    @Test
    void keepsTheOrderOfEverySender() {
        Outbox<Item> outbox = outbox(WIDE);
        inParallel(SENDERS, sender -> {
            for (int i = 0; i < 2_000; i++) {
                assertThat(outbox.offer(new Item(sender, i, 10), COPY)).isEqualTo(Offered.ACCEPTED);
            }
        });
        sink.await(SENDERS * 2_000);
        assertThat(sink.written()).hasSize(SENDERS * 2_000);
        assertOrderOfEachSender(sink.written());
        assertThat(outbox.queuedBytes()).isZero();
    }

    @RepeatedTest(10)
    void writesAPrefixOfWhatEverySenderOfferedWhenItOverflows() {
        sink.blocked();
        Outbox<Item> outbox = outbox(limits(2_000, 1_000));
        inParallel(SENDERS, sender -> {
            for (int i = 0; i < 200; i++) {
                outbox.offer(new Item(sender, i, 10), COPY);
            }
        });
        assertThat(sink.overflows).hasValue(1);
        assertThat(outbox.offer(item(0), COPY)).isEqualTo(Offered.CLOSED);
        sink.open();
        Recorder.await("the write ends", () -> outbox.queuedBytes() == 0);
        assertOrderOfEachSender(sink.written());
    }

    @Test
    void writesNothingThatWaitedOnceItHasOverflowed() {
        sink.blocked();
        Outbox<Item> outbox = outbox(limits(1_000, 3));
        outbox.offer(item(0), COPY);
        Recorder.await("the sink is stuck", sink::isWriting);
        for (int i = 1; i <= 3; i++) {
            assertThat(outbox.offer(item(i), COPY)).isEqualTo(Offered.ACCEPTED);
        }
        assertThat(outbox.offer(item(4), COPY)).isEqualTo(Offered.CLOSED);
        assertThat(sink.overflows).hasValue(1);
        sink.open();
        sink.await(1);
        assertThat(sink.numbers()).containsExactly(0);
    }

    @Test
    void acceptsOneItemLargerThanTheLimitIfNothingWaits() {
        Outbox<Item> outbox = outbox(limits(100, 10));
        assertThat(outbox.offer(new Item(0, 1, 5_000), COPY)).isEqualTo(Offered.ACCEPTED);
        sink.await(1);
        assertThat(sink.overflows).hasValue(0);
    }

    @Test
    void dropsVolatileItemsWhileAnythingIsUndelivered() {
        sink.blocked();
        Outbox<Item> outbox = outbox(WIDE);
        outbox.offer(item(1), COPY);
        Recorder.await("the sink is stuck", sink::isWriting);
        assertThat(outbox.offerVolatile(item(2))).isFalse();
        sink.open();
        Recorder.await("all is delivered", () -> outbox.queuedBytes() == 0);
        assertThat(outbox.offerVolatile(item(3))).isTrue();
        sink.await(2);
        assertThat(sink.numbers()).containsExactly(1, 3);
    }

    @Test
    void writesUrgentItemsAheadOfOthersWhateverTheLimit() {
        sink.blocked();
        Outbox<Item> outbox = outbox(limits(20, 10));
        outbox.offer(item(1), COPY);
        Recorder.await("the sink is stuck", sink::isWriting);
        outbox.offer(item(2), COPY);
        assertThat(outbox.offerUrgent(item(100))).isTrue();
        assertThat(outbox.offerUrgent(item(101))).isTrue();
        sink.open();
        sink.await(4);
        assertThat(sink.numbers()).containsExactly(1, 100, 101, 2);
    }

    @Test
    void writesWhatWaitsThenTheLastItemAloneThenNothing() {
        sink.blocked();
        Outbox<Item> outbox = outbox(WIDE);
        outbox.offer(item(1), COPY);
        Recorder.await("the sink is stuck", sink::isWriting);
        outbox.offer(item(2), COPY);
        outbox.offer(item(3), COPY);
        assertThat(outbox.finish(item(9))).isTrue();
        assertThat(outbox.finish(item(10))).isFalse();
        assertThat(outbox.offer(item(4), COPY)).isEqualTo(Offered.CLOSED);
        sink.open();
        outbox.awaitEnd(Duration.ofSeconds(15));
        assertThat(sink.numbers()).containsExactly(1, 2, 3, 9);
        assertThat(sink.batches()).containsExactly(1, 2, 1);
        Recorder.await("the end is told", () -> sink.ends.get() == 1);
    }

    @Test
    void dropsWhatWaitsWhenItIsReplaced() {
        sink.blocked();
        Outbox<Item> outbox = outbox(WIDE);
        outbox.offer(item(1), COPY);
        Recorder.await("the sink is stuck", sink::isWriting);
        outbox.offer(item(2), COPY);
        assertThat(outbox.replaceWith(item(9))).isTrue();
        sink.open();
        outbox.awaitEnd(Duration.ofSeconds(15));
        assertThat(sink.numbers()).containsExactly(1, 9);
    }

    @Test
    void batchesUpToTheSizeThatTheSinkTakes() {
        sink.blocked();
        Outbox<Item> outbox = outbox(WIDE);
        outbox.offer(item(0), COPY);
        Recorder.await("the sink is stuck", sink::isWriting);
        for (int i = 0; i < 10; i++) {
            outbox.offer(new Item(0, i, Outbox.CORK_BYTES / 4), COPY);
        }
        outbox.offer(new Item(0, 10, Outbox.CORK_BYTES * 2), COPY);
        sink.open();
        sink.await(12);
        assertThat(sink.batches()).containsExactly(1, 4, 4, 2, 1);
    }

    @Test
    void tellsOfAFailedWriteOnceAndAcceptsNothingMore() {
        Outbox<Item> outbox = new Outbox<>(drainers, WIDE, sink);
        outbox.attach(batch -> {
            throw new IOException("broken pipe");
        });
        outbox.offer(item(1), COPY);
        Recorder.await("the failure is told", () -> sink.failure.get() != null);
        assertThat(sink.failure.get()).hasMessage("broken pipe");
        assertThat(outbox.offer(item(2), COPY)).isEqualTo(Offered.CLOSED);
        assertThat(outbox.queuedBytes()).isZero();
    }

    @Test
    void gathersWhatItsOwnerOffersUntilItFlushes() {
        Outbox<Item> outbox = outbox(WIDE);
        outbox.cork();
        for (int i = 0; i < 5_000; i++) {
            outbox.offer(item(i), COPY);
        }
        outbox.uncork();
        sink.await(5_000);
        assertThat(sink.numbers())
                .containsExactlyElementsOf(IntStream.range(0, 5_000).boxed().toList());
        assertThat(sink.batches()).hasSizeLessThan(500);
    }

    @Test
    void writesSoonWhatItsOwnerHasCorkedAndForgotten() {
        Outbox<Item> outbox = outbox(WIDE);
        outbox.cork();
        outbox.offer(item(1), COPY);
        sink.await(1);
        assertThat(sink.numbers()).containsExactly(1);
    }

    @Test
    void holdsItsOwnerBackInsteadOfOverflowing() throws InterruptedException {
        sink.blocked();
        Outbox<Item> outbox = outbox(limits(1_000, 10));
        AtomicBoolean done = new AtomicBoolean();
        Thread owner = Thread.ofVirtual().start(() -> {
            outbox.cork();
            for (int i = 0; i < 1_000; i++) {
                outbox.offer(new Item(0, i, 1_000), PLAIN);
            }
            outbox.uncork();
            done.set(true);
        });
        Recorder.await("the owner is held back", () -> owner.getState() == Thread.State.WAITING);
        assertThat(done).isFalse();
        assertThat(outbox.queuedBytes()).isLessThanOrEqualTo(Outbox.CORK_BYTES + 1_000);
        sink.open();
        owner.join();
        sink.await(1_000);
        assertThat(sink.numbers())
                .containsExactlyElementsOf(IntStream.range(0, 1_000).boxed().toList());
        assertThat(sink.overflows).hasValue(0);
    }

    @Test
    void neverHoldsItsOwnerBackForACopyOfABroadcast() throws InterruptedException {
        sink.blocked();
        Outbox<Item> outbox = outbox(limits(Outbox.CORK_BYTES * 4, 1_000));
        AtomicBoolean accepted = new AtomicBoolean(true);
        Thread owner = Thread.ofVirtual().start(() -> {
            outbox.cork();
            for (int i = 0; i < 100; i++) {
                accepted.set(outbox.offer(new Item(0, i, 10_000), COPY).accepted());
            }
        });
        owner.join();
        assertThat(accepted).as("the limit applies").isFalse();
        assertThat(sink.overflows).hasValue(1);
        sink.open();
    }

    @Test
    void holdsItsOwnerBackWhenAsked() {
        sink.blocked();
        Outbox<Item> outbox = outbox(WIDE);
        Thread owner = Thread.ofVirtual().start(() -> {
            outbox.cork();
            outbox.offer(new Item(0, 1, Outbox.CORK_BYTES), COPY);
            outbox.holdBack();
        });
        Recorder.await("the owner is held back", () -> owner.getState() == Thread.State.WAITING);
        sink.open();
        Recorder.await("the owner goes on", () -> !owner.isAlive());
        outbox.holdBack(); // another thread never waits
    }

    @Test
    void letsADrainerWriteWhatItsOwnerHasCorkedOnRequest() throws InterruptedException {
        AtomicReference<Thread> writer = new AtomicReference<>();
        Outbox<Item> outbox = new Outbox<>(drainers, WIDE, sink);
        outbox.attach(batch -> {
            writer.set(Thread.currentThread());
            sink.write(batch);
        });
        Thread owner = Thread.ofVirtual().start(() -> {
            outbox.cork();
            outbox.offer(item(1), COPY);
            outbox.flushElsewhere();
        });
        sink.await(1);
        owner.join();
        assertThat(writer.get()).isNotSameAs(owner);
    }

    @RepeatedTest(20)
    void keepsTheOrderOfEverySenderWhenItMoves() {
        Outbox<Item> old = new Outbox<>(drainers, WIDE, sink);
        Outbox<Item> next = new Outbox<>(drainers, WIDE, sink);
        inParallel(SENDERS + 1, sender -> {
            if (sender == SENDERS) {
                old.moveTo(next);
                next.attach(sink);
                return;
            }
            for (int i = 0; i < 500; i++) {
                assertThat(old.offer(new Item(sender, i, 10), COPY)).isEqualTo(Offered.ACCEPTED);
            }
        });
        sink.await(SENDERS * 500);
        assertThat(sink.written()).hasSize(SENDERS * 500);
        assertOrderOfEachSender(sink.written());
    }

    @Test
    void servesOthersAtOnceWhileFourSinksAreStuck() {
        List<Recorder> stuck = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Recorder recorder = new Recorder().blocked();
            stuck.add(recorder);
            Outbox<Item> outbox = new Outbox<>(drainers, WIDE, recorder);
            outbox.attach(recorder);
            outbox.offer(item(i), COPY);
        }
        Recorder.await("four are stuck", () -> stuck.stream().allMatch(Recorder::isWriting));
        Outbox<Item> outbox = outbox(WIDE);
        for (int i = 0; i < 100; i++) {
            outbox.offer(item(i), COPY);
            sink.await(i + 1);
        }
        stuck.forEach(Recorder::open);
        stuck.forEach(recorder -> recorder.await(1));
    }
}
