package dev.weft.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.OverflowPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What items meet at a full queue: first as a function, then with threads that wait. */
@Timeout(60)
class OverflowTest {
    private static final Delivery DROP =
            Delivery.data(OverflowPolicy.DROP_OLDEST, 0).copy();
    private static final Delivery CLOSE = Delivery.data(OverflowPolicy.CLOSE, 0).copy();
    private static final Delivery BLOCK = block(Duration.ofSeconds(30));

    private final DropCounts total = new DropCounts();
    private final OutQueue<Item> queue = new OutQueue<>(total);

    private final Failures failures = new Failures();
    private final Clock clock = new Clock(failures);
    private final Drainers drainers = new Drainers(new Carriers(clock, new Handlers(), failures), failures);
    private final Recorder sink = new Recorder();

    @AfterEach
    void close() {
        sink.open();
        drainers.close();
        clock.close();
        assertThat(failures.unexpectedCount()).isZero();
    }

    private static OutboxLimits limits(int bytes, int messages) {
        return new OutboxLimits(bytes, messages, OverflowPolicy.CLOSE, Duration.ofSeconds(1));
    }

    private static Delivery block(Duration time) {
        return Delivery.data(OverflowPolicy.BLOCK, time.toNanos()).copy();
    }

    private static Item item(int number) {
        return new Item(0, number, 10);
    }

    private OutQueue.Admission admit(int number, Delivery how, OutboxLimits limits) {
        return queue.admit(item(number), how, limits, false);
    }

    private List<Integer> all() {
        return queue.take(Integer.MAX_VALUE).stream().map(Item::number).toList();
    }

    @Test
    void dropsTheOldestDroppableItemsOnlyAndCountsThem() {
        OutboxLimits four = limits(1_000, 4);
        admit(1, CLOSE, four);
        admit(2, DROP, four);
        admit(3, Delivery.CONTROL, four);
        admit(4, DROP, four);
        assertThat(admit(5, DROP, four)).isEqualTo(OutQueue.Admission.ADDED);
        assertThat(admit(6, DROP, four)).isEqualTo(OutQueue.Admission.ADDED);
        assertThat(queue.dropped()).isEqualTo(2);
        assertThat(total.dropped().sum()).isEqualTo(2);
        assertThat(queue.bytes()).isEqualTo(40);
        assertThat(all()).containsExactly(1, 3, 5, 6);
    }

    @Test
    void dropsAsManyAsALargeItemNeeds() {
        OutboxLimits bytes = limits(100, 1_000);
        for (int i = 0; i < 10; i++) {
            admit(i, DROP, bytes);
        }
        assertThat(queue.admit(new Item(0, 99, 35), DROP, bytes, false)).isEqualTo(OutQueue.Admission.ADDED);
        assertThat(queue.bytes()).isEqualTo(95);
        assertThat(queue.dropped()).isEqualTo(4);
        assertThat(all()).containsExactly(4, 5, 6, 7, 8, 9, 99);
    }

    @Test
    void overflowsWhenNothingDroppableIsLeft() {
        OutboxLimits two = limits(1_000, 2);
        admit(1, CLOSE, two);
        admit(2, Delivery.CONTROL, two);
        assertThat(admit(3, DROP, two)).isEqualTo(OutQueue.Admission.OVERFLOW);
        assertThat(admit(3, CLOSE, two)).isEqualTo(OutQueue.Admission.OVERFLOW);
        assertThat(admit(3, Delivery.CONTROL, two)).isEqualTo(OutQueue.Admission.OVERFLOW);
        queue.overflow();
        assertThat(queue.dropped()).as("what waited, and what did not fit").isEqualTo(3);
    }

    @Test
    void controlItemsTakeTheRoomOfDroppableOnes() {
        OutboxLimits two = limits(1_000, 2);
        admit(1, DROP, two);
        admit(2, DROP, two);
        assertThat(admit(3, Delivery.CONTROL, two)).isEqualTo(OutQueue.Admission.ADDED);
        assertThat(all()).containsExactly(2, 3);
    }

    @Test
    void blockingItemsLeaveAnEighthFreeForControlItems() {
        OutboxLimits eight = limits(1_000, 8);
        for (int i = 0; i < 7; i++) {
            assertThat(admit(i, BLOCK, eight)).isEqualTo(OutQueue.Admission.ADDED);
        }
        assertThat(admit(7, BLOCK, eight)).isEqualTo(OutQueue.Admission.FULL);
        assertThat(admit(7, Delivery.CONTROL, eight)).isEqualTo(OutQueue.Admission.ADDED);
        assertThat(queue.dropped()).isZero();
    }

    @Test
    void aNewerItemTakesThePlaceOfAnOlderOneWithItsKey() {
        OutboxLimits three = limits(1_000, 3);
        admit(1, CLOSE.latest("x"), three);
        admit(2, CLOSE, three);
        admit(3, CLOSE.latest("y"), three);
        for (int i = 4; i < 100; i++) {
            assertThat(admit(i, CLOSE.latest("x"), three)).isEqualTo(OutQueue.Admission.REPLACED);
        }
        assertThat(total.replaced().sum()).isEqualTo(96);
        assertThat(total.dropped().sum()).isZero();
        assertThat(queue.bytes()).isEqualTo(30);
        assertThat(all()).containsExactly(99, 2, 3);
        queue.written(false);
        assertThat(admit(100, CLOSE.latest("x"), three))
                .as("the older one is gone")
                .isEqualTo(OutQueue.Admission.ADDED);
    }

    @Test
    void aLargerNewerItemMeetsThePolicyToo() {
        OutboxLimits bytes = limits(100, 10);
        admit(1, CLOSE.latest("x"), bytes);
        admit(2, DROP, bytes);
        Item large = new Item(0, 3, 95);
        assertThat(queue.admit(large, CLOSE.latest("x"), bytes, false)).isEqualTo(OutQueue.Admission.OVERFLOW);
        assertThat(queue.admit(large, DROP.latest("x"), bytes, false)).isEqualTo(OutQueue.Admission.REPLACED);
        assertThat(queue.bytes()).isEqualTo(95);
        assertThat(all()).containsExactly(3);
    }

    @Test
    void keysAndDroppableItemsMoveAlong() {
        OutboxLimits three = limits(1_000, 3);
        admit(1, DROP, three);
        admit(2, CLOSE.latest("x"), three);
        admit(3, DROP, three);
        OutQueue<Item> next = new OutQueue<>(total);
        next.adopt(queue);
        assertThat(next.admit(item(4), CLOSE.latest("x"), three, false)).isEqualTo(OutQueue.Admission.REPLACED);
        assertThat(next.admit(item(5), DROP, three, false)).isEqualTo(OutQueue.Admission.ADDED);
        assertThat(next.take(1_000).stream().map(Item::number)).containsExactly(4, 3, 5);
    }

    /** A message in parts is not cut by what is dropped, replaced or added meanwhile. */
    @Test
    void whatWaitsBehindAMessageInPartsIsDroppedAndReplacedToo() {
        OutboxLimits four = limits(1_000, 4);
        queue.addPart(item(1), false);
        admit(2, DROP, four);
        admit(3, CLOSE.latest("x"), four);
        admit(4, DROP, four);
        assertThat(admit(5, DROP, four)).isEqualTo(OutQueue.Admission.ADDED);
        assertThat(queue.admit(new Item(0, 6, 30), CLOSE.latest("x"), four, false))
                .isEqualTo(OutQueue.Admission.REPLACED);
        assertThat(queue.dropped()).isEqualTo(1);
        assertThat(queue.bytesReady()).isEqualTo(10);
        assertThat(queue.bytes()).isEqualTo(60);
        queue.addPart(item(7), true);
        assertThat(queue.bytesReady()).isEqualTo(70);
        assertThat(all()).containsExactly(1, 7, 6, 4, 5);
        queue.written(false);
        assertThat(queue.bytes()).isZero();
    }

    /** Seeded; what is left is in order and within the limits, and in the end nothing is. */
    @Test
    void staysWithinItsLimitsAndInOrderWhateverComes() {
        Random random = new Random(7);
        OutboxLimits limits = limits(200, 12);
        int last = -1;
        for (int i = 0; i < 20_000; i++) {
            Delivery how = random.nextInt(4) == 0 ? DROP.latest("k" + random.nextInt(3)) : DROP;
            queue.admit(new Item(0, i, 1 + random.nextInt(40)), how, limits, false);
            assertThat(queue.size()).isLessThanOrEqualTo(12);
            assertThat(queue.bytes()).isLessThanOrEqualTo(200);
            if (random.nextInt(20) == 0) {
                List<Item> batch = queue.take(60);
                queue.written(false);
                assertThat(batch.stream().mapToInt(Item::size).sum()).isPositive();
                last = Math.max(last, batch.getLast().number());
            }
        }
        int left = queue.size();
        assertThat(queue.take(Integer.MAX_VALUE)).hasSize(left);
        queue.written(false);
        assertThat(queue.bytes()).isZero();
        assertThat(last).isPositive();
    }

    @Test
    void aBlockedSenderGoesOnAsSoonAsThereIsRoom() throws InterruptedException {
        sink.blocked();
        Outbox<Item> outbox = full();
        AtomicReference<Offered> offered = new AtomicReference<>();
        Thread sender = Thread.ofVirtual().start(() -> offered.set(outbox.offer(item(8), BLOCK)));
        Recorder.await("the sender waits", () -> sender.getState() == Thread.State.TIMED_WAITING);
        sink.open();
        assertThat(sender.join(Duration.ofSeconds(15))).isTrue();
        assertThat(offered).hasValue(Offered.ACCEPTED);
        assertThat(outbox.dropped()).isZero();
    }

    @Test
    void aBlockedSenderIsRefusedAtTheDeadline() {
        sink.blocked();
        Outbox<Item> outbox = full();
        long start = System.nanoTime();
        assertThat(outbox.offer(item(8), block(Duration.ofMillis(50)))).isEqualTo(Offered.FULL);
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(50_000_000);
        assertThat(outbox.dropped()).isEqualTo(1);
        assertThat(outbox.offer(item(9), CLOSE)).as("the queue goes on").isEqualTo(Offered.ACCEPTED);
    }

    @Test
    void anInterruptEndsTheWaitingAndIsKept() throws InterruptedException {
        sink.blocked();
        Outbox<Item> outbox = full();
        AtomicReference<String> result = new AtomicReference<>();
        Thread sender = Thread.ofVirtual()
                .start(() -> result.set(outbox.offer(item(8), BLOCK) + " "
                        + Thread.currentThread().isInterrupted()));
        Recorder.await("the sender waits", () -> sender.getState() == Thread.State.TIMED_WAITING);
        sender.interrupt();
        assertThat(sender.join(Duration.ofSeconds(15))).isTrue();
        assertThat(result).hasValue("FULL true");
    }

    @Test
    void aBlockedSenderLearnsOfTheEnd() throws InterruptedException {
        sink.blocked();
        Outbox<Item> outbox = full();
        AtomicReference<Offered> offered = new AtomicReference<>();
        Thread sender = Thread.ofVirtual().start(() -> offered.set(outbox.offer(item(8), BLOCK)));
        Recorder.await("the sender waits", () -> sender.getState() == Thread.State.TIMED_WAITING);
        outbox.abort();
        assertThat(sender.join(Duration.ofSeconds(15))).isTrue();
        assertThat(offered).hasValue(Offered.CLOSED);
    }

    @Test
    void aBlockedSenderGoesOnWhereTheQueueHasMoved() throws InterruptedException {
        Outbox<Item> old = new Outbox<>(drainers, limits(1_000, 8), sink);
        for (int i = 0; i < 7; i++) {
            old.offer(item(i), BLOCK);
        }
        AtomicReference<Offered> offered = new AtomicReference<>();
        Thread sender = Thread.ofVirtual().start(() -> offered.set(old.offer(item(7), BLOCK)));
        Recorder.await("the sender waits", () -> sender.getState() == Thread.State.TIMED_WAITING);
        Outbox<Item> next = new Outbox<>(drainers, limits(1_000, 8), sink);
        old.moveTo(next);
        next.attach(sink);
        assertThat(sender.join(Duration.ofSeconds(15))).isTrue();
        assertThat(offered).hasValue(Offered.ACCEPTED);
        sink.await(8);
        assertThat(sink.numbers()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    }

    /** Returns an outbox whose sink is stuck with one item, and where no blocking item fits any more. */
    private Outbox<Item> full() {
        Outbox<Item> outbox = new Outbox<>(drainers, limits(1_000, 8), sink);
        outbox.attach(sink);
        outbox.offer(item(0), BLOCK);
        Recorder.await("the sink is stuck", sink::isWriting);
        for (int i = 1; i <= 7; i++) {
            assertThat(outbox.offer(item(i), BLOCK)).isEqualTo(Offered.ACCEPTED);
        }
        return outbox;
    }
}
