package dev.weft.socket;

import dev.weft.adapter.Adapter;
import dev.weft.adapter.EventPacket;
import dev.weft.adapter.Recipients;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Rooms of one process. Joining and leaving cost the same however many rooms and members there are. */
final class InMemoryAdapter implements Adapter {
    private final LocalSockets sockets;
    private final Map<String, Set<String>> members = new ConcurrentHashMap<>();

    /** The rooms by socket; {@code members} changes only while the entry of the socket is held, so both agree. */
    private final Map<String, Set<String>> rooms = new ConcurrentHashMap<>();

    InMemoryAdapter(LocalSockets sockets) {
        this.sockets = sockets;
    }

    @Override
    public void join(String socketId, String room) {
        rooms.compute(socketId, (id, joined) -> {
            add(members, room, id);
            return plus(joined, room);
        });
    }

    @Override
    public void leave(String socketId, String room) {
        rooms.computeIfPresent(socketId, (id, joined) -> {
            remove(members, room, id);
            return minus(joined, room);
        });
    }

    @Override
    public void leaveAll(String socketId) {
        rooms.computeIfPresent(socketId, (id, joined) -> {
            joined.forEach(room -> remove(members, room, id));
            return null;
        });
    }

    @Override
    public Set<String> rooms(String socketId) {
        return Set.copyOf(rooms.getOrDefault(socketId, Set.of()));
    }

    @Override
    public void broadcast(EventPacket packet, Recipients recipients) {
        forEach(recipients, id -> sockets.deliver(id, packet, recipients));
    }

    @Override
    public void broadcastWithAck(EventPacket packet, Recipients recipients, Duration deadline, Acks acks) {
        forEach(recipients, id -> sockets.ask(id, packet, deadline, acks));
    }

    @Override
    public void close() {
        members.clear();
        rooms.clear();
    }

    private void forEach(Recipients recipients, Consumer<String> action) {
        Set<String> out = union(recipients.except());
        for (String id : candidates(recipients.rooms())) {
            if (!out.contains(id)) {
                action.accept(id);
            }
        }
    }

    private Iterable<String> candidates(Set<String> in) {
        return in.isEmpty() ? sockets.ids() : union(in);
    }

    private Set<String> union(Set<String> names) {
        if (names.size() == 1) {
            return members.getOrDefault(names.iterator().next(), Set.of());
        }
        Set<String> ids = new HashSet<>();
        names.forEach(name -> ids.addAll(members.getOrDefault(name, Set.of())));
        return ids;
    }

    private static void add(Map<String, Set<String>> map, String key, String value) {
        map.compute(key, (k, values) -> plus(values, value));
    }

    private static void remove(Map<String, Set<String>> map, String key, String value) {
        map.computeIfPresent(key, (k, values) -> minus(values, value));
    }

    private static Set<String> plus(@Nullable Set<String> set, String value) {
        Set<String> values = set == null ? ConcurrentHashMap.newKeySet(1) : set;
        values.add(value);
        return values;
    }

    private static @Nullable Set<String> minus(Set<String> values, String value) {
        values.remove(value);
        return values.isEmpty() ? null : values;
    }
}
