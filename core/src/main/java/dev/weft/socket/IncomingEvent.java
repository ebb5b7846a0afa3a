package dev.weft.socket;

import dev.weft.Ack;
import dev.weft.Arguments;
import dev.weft.Event;
import dev.weft.Problem;
import dev.weft.engine.OutPacket;
import dev.weft.json.UnwritableValueException;
import dev.weft.net.Clock;
import dev.weft.packet.Packet;
import dev.weft.packet.PacketEncoder;
import dev.weft.packet.PayloadArguments;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One event of a client and the one reply to it. */
final class IncomingEvent implements Event {
    private final ConnectedSocket socket;
    private final Packet.Event packet;
    private final PayloadArguments arguments;
    private final AtomicBoolean replied = new AtomicBoolean();

    /** Whether a slot has taken the reply over; written on the handler's thread only. */
    private volatile boolean claimed;

    /** Ends a claim that nobody uses. */
    private volatile Clock.Timer deadline = Clock.Timer.NONE;

    IncomingEvent(ConnectedSocket socket, Packet.Event packet) {
        this.socket = socket;
        this.packet = packet;
        arguments = packet.arguments(socket.hub().json());
    }

    @Override
    public String name() {
        return packet.name();
    }

    /** Returns what the log calls it. */
    @Override
    public String toString() {
        return "event \"" + name() + "\" of namespace " + socket.space().name();
    }

    @Override
    public Arguments arguments() {
        return arguments;
    }

    @Override
    public int size() {
        return packet.size();
    }

    @Override
    public boolean wantsAck() {
        return packet.wantsAck();
    }

    @Override
    public void reply(@Nullable Object... values) {
        if (!wantsAck() || replied.get()) {
            return;
        }
        // Encode first: what cannot be written must leave room for an error.
        Packet.Ack ack =
                Packet.Ack.of(socket.hub().json(), packet.namespace(), packet.ackId(), EventNames.values(values));
        OutPacket encoded = OutPacket.of(PacketEncoder.encode(ack));
        if (settle()) {
            socket.reply(encoded);
        }
    }

    /** The acknowledgement is given, or nobody is left to get it; returns whether this call was the first. */
    boolean settle() {
        boolean first = replied.compareAndSet(false, true);
        deadline.cancel();
        if (claimed) {
            socket.claims().remove(this);
        }
        return first;
    }

    @Override
    public void replyWhen(CompletionStage<?> stage) {
        Ack<Object> slot = ack();
        stage.whenComplete((value, failure) -> {
            if (failure == null) {
                slot.send(value);
            } else {
                Throwable cause = failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
                socket.failed(this, cause);
            }
        });
    }

    @Override
    public void fail(Problem problem) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", problem.code());
        error.put("message", problem.message());
        if (problem.data() != null) {
            error.put("data", problem.data());
        }
        reply(Map.of("$error", error));
    }

    @Override
    public <T> Ack<T> ack() {
        boolean first = !claimed;
        claimed = true;
        if (first && wantsAck() && !replied.get() && socket.claims().add(this)) {
            Problem late = new Problem(Problem.INTERNAL, "no answer in time");
            deadline = socket.hub().clock().schedule(socket.hub().options().ackTimeout(), () -> fail(late));
            if (replied.get()) {
                deadline.cancel();
                socket.claims().remove(this);
            }
        }
        return new Slot<>(this);
    }

    /** Acknowledges with nothing if the handler has left the event without a reply. */
    void finish() {
        if (!claimed) {
            reply();
        }
    }

    private record Slot<T>(IncomingEvent event) implements Ack<T> {
        @Override
        public void send(@Nullable T value) {
            try {
                event.reply(new @Nullable Object[] {value});
            } catch (UnwritableValueException e) {
                event.socket.failed(event, e);
            }
        }

        @Override
        public void fail(Problem problem) {
            event.fail(problem);
        }

        @Override
        public boolean wanted() {
            return event.wantsAck();
        }
    }
}
