package dev.weft.socket;

import dev.weft.Arguments;
import dev.weft.Emitter;
import dev.weft.QueueFullException;
import dev.weft.engine.OutPacket;
import dev.weft.net.Delivery;
import dev.weft.net.Offered;
import dev.weft.packet.Packet;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Emits to one socket with its own deadline and delivery class. */
record SocketEmitter(
        ConnectedSocket socket,
        Duration deadline,
        boolean isVolatile,
        @Nullable String latest,
        boolean compress) implements Emitter {

    static Duration positive(Duration deadline) {
        if (deadline.isZero() || deadline.isNegative()) {
            throw new IllegalArgumentException("a deadline must be more than zero but was " + deadline);
        }
        return deadline;
    }

    @Override
    public Emitter timeout(Duration newDeadline) {
        return new SocketEmitter(socket, positive(newDeadline), isVolatile, latest, compress);
    }

    @Override
    public Emitter asVolatile() {
        return new SocketEmitter(socket, deadline, true, null, compress);
    }

    @Override
    public Emitter compress(boolean newCompress) {
        return new SocketEmitter(socket, deadline, isVolatile, latest, newCompress);
    }

    @Override
    public Emitter latest(String key) {
        return new SocketEmitter(socket, deadline, false, key, compress);
    }

    @Override
    public void emit(String event, @Nullable Object... args) {
        EventNames.check(event);
        if (socket.connected()) {
            send(new SharedPacket(socket.namespace().name(), Packet.Event.NO_ACK, compress, event, args).encoded());
        }
    }

    private void send(OutPacket packet) {
        if (isVolatile) {
            socket.sendVolatile(packet);
            return;
        }
        Delivery usual = socket.space().delivery();
        Delivery how = latest == null
                ? usual
                : usual.latest(new LatestKey(socket.space().name(), latest));
        if (socket.send(packet, how) == Offered.FULL) {
            throw new QueueFullException("the queue of socket " + socket.id()
                    + " was full for longer than blockTimeout; send less, or raise the limit or the timeout");
        }
    }

    @Override
    public Arguments emitWithAck(String event, @Nullable Object... args) {
        return HandlerThread.await(ask(event, args));
    }

    @Override
    public CompletableFuture<Arguments> emitAsync(String event, @Nullable Object... args) {
        // The reader completes the answer; what applications chain to it must not run there.
        CompletableFuture<Arguments> result = new Answer<>();
        var unused = ask(event, args)
                .whenCompleteAsync(
                        (answer, failure) -> {
                            if (failure == null) {
                                result.complete(answer);
                            } else {
                                result.completeExceptionally(failure);
                            }
                        },
                        task -> Thread.ofVirtual().name("weft-answer").start(task));
        return result;
    }

    private CompletableFuture<Arguments> ask(String event, @Nullable Object... args) {
        EventNames.check(event);
        if (!socket.connected()) {
            return CompletableFuture.failedFuture(PendingAcks.gone());
        }
        long id = socket.space().nextAckId();
        SharedPacket packet = new SharedPacket(socket.namespace().name(), id, compress, event, args);
        packet.encoded(); // what cannot be written must fail before anything is waited for
        CompletableFuture<Arguments> answer = socket.acks().expect(id, deadline);
        if (!answer.isDone()) {
            socket.send(packet.encoded(), Delivery.CONTROL);
        }
        return answer;
    }
}
