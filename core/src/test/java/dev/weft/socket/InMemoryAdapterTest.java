package dev.weft.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.adapter.Adapter;
import dev.weft.adapter.EventPacket;
import dev.weft.adapter.Recipients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class InMemoryAdapterTest {
    private final Queue<String> delivered = new ConcurrentLinkedQueue<>();
    private final List<String> all = new ArrayList<>();
    private final InMemoryAdapter adapter = new InMemoryAdapter(new Adapter.LocalSockets() {
        @Override
        public Iterable<String> ids() {
            return all;
        }

        @Override
        public EventPacket packet(String event, List<? extends @Nullable Object> args) {
            return new SharedPacket("/", -1, event, args.toArray());
        }

        @Override
        public void deliver(String socketId, EventPacket packet, Recipients recipients) {
            delivered.add(socketId);
        }

        @Override
        public void ask(String socketId, EventPacket packet, Duration deadline, Adapter.Acks acks) {
            delivered.add("asked " + socketId);
        }
    });

    private void socket(String id, String... rooms) {
        all.add(id);
        adapter.join(id, id);
        for (String room : rooms) {
            adapter.join(id, room);
        }
    }

    private List<String> reached(Set<String> rooms, Set<String> except) {
        delivered.clear();
        adapter.broadcast(new SharedPacket("/", -1, "e"), new Recipients(rooms, except, false, false, null));
        return List.copyOf(delivered);
    }

    @Test
    void reachesTheUnionOfRoomsMinusTheUnionOfExceptsEachOnce() {
        socket("a", "red", "blue");
        socket("b", "red");
        socket("c", "blue", "green");
        socket("d");
        assertThat(reached(Set.of(), Set.of())).containsExactlyInAnyOrder("a", "b", "c", "d");
        assertThat(reached(Set.of("red"), Set.of())).containsExactlyInAnyOrder("a", "b");
        assertThat(reached(Set.of("red", "blue"), Set.of())).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(reached(Set.of("red", "blue", "c"), Set.of("green", "a"))).containsExactly("b");
        assertThat(reached(Set.of(), Set.of("red", "green"))).containsExactly("d");
        assertThat(reached(Set.of("d"), Set.of())).containsExactly("d");
        assertThat(reached(Set.of("nobody"), Set.of())).isEmpty();
        assertThat(reached(Set.of("red"), Set.of("red"))).isEmpty();
    }

    @Test
    void forgetsEverythingOfASocketThatLeaves() {
        socket("a", "red", "blue");
        socket("b", "red");
        adapter.leave("a", "blue");
        assertThat(adapter.rooms("a")).containsExactlyInAnyOrder("a", "red");
        adapter.leaveAll("a");
        assertThat(adapter.rooms("a")).isEmpty();
        assertThat(reached(Set.of("red", "blue", "a"), Set.of())).containsExactly("b");
    }

    @RepeatedTest(5)
    void keepsRoomsRightWhileManyJoinAndLeave() {
        socket("stays", "room");
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Void> sender =
                CompletableFuture.runAsync(() -> broadcastUntil(done), InMemoryAdapterTest::start);
        List<CompletableFuture<Void>> members = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String id = "s" + i;
            members.add(CompletableFuture.runAsync(() -> comeAndGo(id), InMemoryAdapterTest::start));
        }
        members.forEach(CompletableFuture::join); // what failed there fails here
        done.set(true);
        sender.join();
        assertThat(reached(Set.of("room", "other"), Set.of())).containsExactly("stays");
        assertThat(reached(Set.of("end"), Set.of())).hasSize(8);
    }

    @RepeatedTest(20)
    void listsARoomIfAndOnlyIfItsBroadcastsReachTheSocket() {
        all.add("a");
        List<CompletableFuture<Void>> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            boolean joins = i % 2 == 0;
            threads.add(CompletableFuture.runAsync(
                    () -> {
                        for (int round = 0; round < 2_000; round++) {
                            if (joins) {
                                adapter.join("a", "room");
                            } else {
                                adapter.leave("a", "room");
                            }
                        }
                    },
                    InMemoryAdapterTest::start));
        }
        threads.forEach(CompletableFuture::join);
        assertThat(reached(Set.of("room"), Set.of()).contains("a"))
                .isEqualTo(adapter.rooms("a").contains("room"));
    }

    private static void start(Runnable task) {
        Thread.ofPlatform().start(task);
    }

    private void broadcastUntil(AtomicBoolean done) {
        while (!done.get()) {
            assertThat(reached(Set.of("room", "other"), Set.of()))
                    .doesNotHaveDuplicates()
                    .contains("stays");
        }
    }

    private void comeAndGo(String id) {
        for (int round = 0; round < 500; round++) {
            adapter.join(id, "room");
            adapter.join(id, "other");
            assertThat(adapter.rooms(id)).contains("room", "other");
            adapter.leaveAll(id);
            assertThat(adapter.rooms(id)).isEmpty();
        }
        adapter.join(id, "end");
    }
}
