package dev.weft.socket;

import dev.weft.Arguments;
import dev.weft.Broadcast;
import dev.weft.Replies;
import dev.weft.adapter.Recipients;
import dev.weft.net.Clock;
import dev.weft.packet.Packet;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An immutable set of recipients in one namespace. */
record RoomBroadcast(LocalNamespace namespace, Recipients recipients, Duration deadline, boolean compress)
        implements Broadcast {

    @Override
    public Broadcast to(String... rooms) {
        return with(recipients.rooms(plus(recipients.rooms(), rooms)));
    }

    @Override
    public Broadcast except(String... rooms) {
        return with(recipients.except(plus(recipients.except(), rooms)));
    }

    @Override
    public Broadcast local() {
        return with(recipients.onThisNode());
    }

    @Override
    public Broadcast asVolatile() {
        return with(recipients.asVolatile());
    }

    @Override
    public Broadcast latest(String key) {
        return with(recipients.latest(key));
    }

    @Override
    public Broadcast timeout(Duration newDeadline) {
        return new RoomBroadcast(namespace, recipients, SocketEmitter.positive(newDeadline), compress);
    }

    @Override
    public Broadcast compress(boolean newCompress) {
        return new RoomBroadcast(namespace, recipients, deadline, newCompress);
    }

    @Override
    public void emit(String event, @Nullable Object... args) {
        SharedPacket packet = new SharedPacket(
                        namespace.name(), Packet.Event.NO_ACK, compress, EventNames.check(event), args)
                .deferring();
        namespace.adapter().broadcast(packet, recipients);
        namespace.deliverDeferred(packet, recipients);
    }

    @Override
    public Replies<Arguments> emitWithAck(String event, @Nullable Object... args) {
        SharedPacket packet =
                new SharedPacket(namespace.name(), namespace.nextAckId(), compress, EventNames.check(event), args);
        BroadcastAcks acks = new BroadcastAcks();
        Clock.Timer timer = namespace.hub().clock().schedule(deadline, acks::timeOut);
        try {
            namespace.adapter().broadcastWithAck(packet, recipients, deadline, acks);
            acks.everyoneAsked();
            return HandlerThread.await(acks.replies());
        } finally {
            timer.cancel();
            acks.timeOut(); // whoever still owes an answer owes it to nobody
        }
    }

    private RoomBroadcast with(Recipients narrowed) {
        return new RoomBroadcast(namespace, narrowed, deadline, compress);
    }

    private static Set<String> plus(Set<String> names, String... more) {
        Set<String> all = new HashSet<>(names);
        all.addAll(List.of(more));
        return all;
    }
}
