package dev.weft.socket;

import dev.weft.AckTimeoutException;
import dev.weft.Arguments;
import dev.weft.DisconnectedException;
import dev.weft.WeftException;
import dev.weft.net.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * The acknowledgements that one socket owes. Each ends exactly once: by an answer, by its deadline, or because the socket
 * is gone. Unknown, late and repeated ids are ignored. Thread-safe.
 */
final class PendingAcks {
    private final Map<Long, CompletableFuture<Arguments>> pending = new ConcurrentHashMap<>(1);
    private final Clock clock;
    private final LongAdder total;
    private final int limit;
    private volatile boolean closed;

    /** Creates an empty set; {@code total} counts over all sockets of the server. */
    PendingAcks(Clock clock, LongAdder total, int limit) {
        this.clock = clock;
        this.total = total;
        this.limit = limit;
    }

    /** Returns the future answer to {@code id}. */
    CompletableFuture<Arguments> expect(long id, Duration deadline) {
        CompletableFuture<Arguments> answer = new Answer<>();
        if (pending.size() >= limit) {
            answer.completeExceptionally(new WeftException("more than " + limit
                    + " acknowledgements are waited for from one socket; wait for some, or raise maxPendingAcks"));
            return answer;
        }
        Clock.Timer timer = clock.schedule(
                deadline,
                () -> answer.completeExceptionally(
                        new AckTimeoutException("no acknowledgement within " + deadline.toMillis() + " ms")));
        total.increment();
        pending.put(id, answer);
        var unused = answer.whenComplete((value, failure) -> {
            timer.cancel();
            pending.remove(id);
            total.decrement();
        });
        if (closed) {
            answer.completeExceptionally(gone());
        }
        return answer;
    }

    /** Completes the answer to {@code id}, if it is still waited for. */
    void answer(long id, Arguments arguments) {
        CompletableFuture<Arguments> answer = pending.get(id);
        if (answer != null) {
            answer.complete(arguments);
        }
    }

    /** The socket is gone: nothing will be answered. */
    void close() {
        closed = true;
        pending.values().forEach(answer -> answer.completeExceptionally(gone()));
    }

    static DisconnectedException gone() {
        return new DisconnectedException("the socket is disconnected and will not acknowledge");
    }
}
