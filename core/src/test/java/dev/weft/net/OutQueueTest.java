package dev.weft.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.OverflowPolicy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutQueueTest {
    private static final int MUCH = 1_000;

    private final OutQueue<Item> queue = new OutQueue<>(new DropCounts());

    private static final Delivery PLAIN = Delivery.data(OverflowPolicy.CLOSE, 0);

    private static OutboxLimits limits(int bytes, int messages) {
        return new OutboxLimits(bytes, messages, OverflowPolicy.CLOSE, Duration.ofSeconds(1));
    }

    private static Item item(int number) {
        return new Item(0, number, 10);
    }

    private List<Integer> take(int maxBytes) {
        return queue.take(maxBytes).stream().map(Item::number).toList();
    }

    @Test
    void countsWhatIsBeingWrittenUntilItIs() {
        queue.add(item(1));
        queue.add(item(2));
        assertThat(take(10)).containsExactly(1);
        assertThat(queue.bytes()).isEqualTo(20);
        assertThat(queue.readyToWrite()).as("one batch at a time").isFalse();
        assertThat(queue.written(false)).isFalse();
        assertThat(queue.bytes()).isEqualTo(10);
        assertThat(queue.readyToWrite()).isTrue();
    }

    @Test
    void isIdleOnlyWhenNothingIsBeingWrittenEither() {
        queue.add(item(1));
        take(MUCH);
        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.isIdle()).isFalse();
        queue.written(false);
        assertThat(queue.isIdle()).isTrue();
    }

    @Test
    void writesTheLastItemAloneAndEndsBehindIt() {
        queue.add(item(1));
        assertThat(queue.finish(item(2))).isTrue();
        assertThat(queue.accepts()).isFalse();
        assertThat(queue.finish(item(3))).isFalse();
        assertThat(take(MUCH)).containsExactly(1);
        assertThat(queue.written(false)).isFalse();
        assertThat(take(MUCH)).containsExactly(2);
        assertThat(queue.written(false)).as("the last").isTrue();
        assertThat(queue.ended()).isTrue();
    }

    @Test
    void aLastItemThatCouldNotBeWrittenEndsItWithoutBeingTold() {
        queue.finish(item(1));
        take(MUCH);
        assertThat(queue.written(true)).isFalse();
        assertThat(queue.ended()).isTrue();
    }

    @Test
    void replacesWhatWaitsUnlessTheLastItemIsOnItsWay() {
        queue.add(item(1));
        assertThat(queue.replaceWith(item(2))).isTrue();
        assertThat(queue.replaceWith(item(3))).isTrue();
        assertThat(take(MUCH)).containsExactly(3);
        assertThat(queue.replaceWith(item(4))).isFalse();
    }

    @Test
    void holdsNothingAfterTheEnd() {
        queue.add(item(1));
        queue.end();
        OutQueue<Item> other = new OutQueue<>(new DropCounts());
        other.add(item(2));
        queue.adopt(other);
        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.bytes()).isZero();
        assertThat(queue.finish(item(3))).isFalse();
        assertThat(queue.replaceWith(item(3))).isFalse();
    }

    @Test
    void adoptsWhatWaitsInOrderAndThatItIsFinishing() {
        OutQueue<Item> other = new OutQueue<>(new DropCounts());
        other.addUrgent(item(2));
        other.add(item(3));
        other.finish(item(4));
        queue.add(item(1));
        queue.adopt(other);
        assertThat(queue.accepts()).isFalse();
        assertThat(take(MUCH)).containsExactly(2, 1, 3);
        queue.written(false);
        assertThat(take(MUCH)).containsExactly(4);
    }

    @Test
    void whatIsAddedWithinAMessageInPartsComesBehindItsLastPart() {
        queue.add(item(1));
        queue.addPart(item(2), false);
        queue.add(item(3));
        queue.addUrgent(item(4));
        queue.addPart(item(5), false);
        queue.add(item(6));
        assertThat(take(MUCH)).containsExactly(4, 1, 2, 5);
        assertThat(queue.bytes()).isEqualTo(60);
        assertThat(queue.bytesReady()).isEqualTo(40);
        queue.written(false);
        assertThat(queue.readyToWrite()).as("the message goes on").isFalse();
        assertThat(queue.isIdle()).isFalse();
        queue.addPart(item(7), true);
        queue.add(item(8));
        assertThat(take(MUCH)).containsExactly(7, 3, 6, 8);
        queue.written(false);
        assertThat(queue.isIdle()).isTrue();
        assertThat(queue.bytes()).isZero();
    }

    @Test
    void limitsCountWhatWaitsBehindAMessageInParts() {
        OutboxLimits limits = limits(50, 3);
        queue.addPart(item(1), false);
        queue.add(item(2));
        assertThat(queue.isFull(item(3), PLAIN, limits)).isFalse();
        queue.add(item(3));
        assertThat(queue.isFull(item(4), PLAIN, limits)).as("messages").isTrue();
        assertThat(queue.isFull(new Item(0, 4, 21), PLAIN, limits(50, 9)))
                .as("bytes")
                .isTrue();
    }

    @Test
    void theLastItemFollowsAnIncompleteMessageWithoutWhatWaitedForItsEnd() {
        queue.addPart(item(1), false);
        queue.add(item(2));
        assertThat(queue.finish(item(3))).isTrue();
        assertThat(queue.bytes()).isEqualTo(20);
        assertThat(take(MUCH)).containsExactly(1);
        queue.written(false);
        assertThat(take(MUCH)).containsExactly(3);
        assertThat(queue.written(false)).isTrue();
    }
}
