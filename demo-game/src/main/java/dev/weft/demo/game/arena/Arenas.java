package dev.weft.demo.game.arena;

import dev.weft.demo.game.message.ArenaInfo;
import dev.weft.demo.game.message.Joined;
import dev.weft.demo.game.world.Rules;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All arenas. Made when somebody wants to join, played while somebody is there. Thread-safe. */
public final class Arenas implements AutoCloseable {
    private static final int MAX_ARENAS = 64;

    private final Map<String, Arena> arenas = new ConcurrentHashMap<>();
    private final Map<String, Arena> byClient = new ConcurrentHashMap<>();
    private final Map<String, Thread> tickers = new ConcurrentHashMap<>();
    /** Held while an arena comes or goes, so that nobody gets a seat in one that is about to close. */
    private final ReentrantLock opening = new ReentrantLock();

    private final int fillUpTo;
    private volatile Function<String, Audience> audiences = arena -> new Nobody();

    /** Creates no arena yet; in each, bots will fill up the seats to {@code fillUpTo}. */
    public Arenas(int fillUpTo) {
        this.fillUpTo = fillUpTo;
    }

    /** Says who listens in an arena, by its name; to be called before the first client comes. */
    public void audiences(Function<String, Audience> source) {
        audiences = source;
    }

    /** Returns the lines of the lobby, fullest first. */
    public List<ArenaInfo> lobby() {
        return arenas.values().stream()
                .map(Arena::info)
                .sorted(Comparator.comparingInt(ArenaInfo::players).reversed().thenComparing(ArenaInfo::name))
                .toList();
    }

    /** Gives a client a seat in an arena, which is made if need be; null if the arena, or the house, is full. */
    public @Nullable Joined join(String client, String arenaName, String playerName) {
        leave(client);
        opening.lock();
        try {
            Arena arena = arenas.get(arenaName);
            if (arena == null && arenas.size() >= MAX_ARENAS) {
                return null;
            }
            Arena open = arena == null ? open(arenaName) : arena;
            Joined joined = open.join(client, playerName);
            if (joined != null) {
                byClient.put(client, open);
            }
            return joined;
        } finally {
            opening.unlock();
        }
    }

    /** Gives a client the seat with this token, or returns null if it is no longer kept. */
    public @Nullable Joined rejoin(String client, String token) {
        for (Arena arena : arenas.values()) {
            Joined joined = arena.rejoin(client, token);
            if (joined != null) {
                byClient.put(client, arena);
                return joined;
            }
        }
        return null;
    }

    /** Returns the arena of a client, or null if it is in none. */
    public @Nullable Arena of(String client) {
        return byClient.get(client);
    }

    /** Returns an arena, or null. */
    public @Nullable Arena named(String name) {
        return arenas.get(name);
    }

    /** Keeps the seat of a client that has lost its connection. */
    public void away(String client) {
        Arena arena = byClient.remove(client);
        if (arena != null) {
            arena.away(client);
        }
    }

    /** Gives up the seat of a client. */
    public void leave(String client) {
        Arena arena = byClient.remove(client);
        if (arena != null) {
            arena.leave(client);
        }
    }

    /** Stops all arenas. */
    @Override
    public void close() {
        tickers.values().forEach(Thread::interrupt);
        arenas.clear();
    }

    private Arena open(String name) {
        Arena arena = new Arena(name, fillUpTo, ThreadLocalRandom.current().nextLong(), audiences.apply(name));
        arenas.put(name, arena);
        tickers.put(name, Ticker.start("arena " + name, Rules.STEPS_PER_SECOND, () -> play(arena)));
        return arena;
    }

    /** Returns whether to go on. */
    private boolean play(Arena arena) {
        arena.step();
        return !arena.deserted() || !closeIfDeserted(arena);
    }

    private boolean closeIfDeserted(Arena arena) {
        opening.lock();
        try {
            boolean deserted = arena.deserted();
            if (deserted) {
                arenas.remove(arena.name());
                tickers.remove(arena.name());
            }
            return deserted;
        } finally {
            opening.unlock();
        }
    }

    private static final class Nobody implements Audience {
        @Override
        public void tell(String event, Object value) {}

        @Override
        public void show(String event, Object value) {}
    }
}
