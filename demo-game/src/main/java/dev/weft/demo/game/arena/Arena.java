package dev.weft.demo.game.arena;

import dev.weft.demo.game.message.ArenaInfo;
import dev.weft.demo.game.message.Board;
import dev.weft.demo.game.message.ChatLine;
import dev.weft.demo.game.message.Joined;
import dev.weft.demo.game.message.Pong;
import dev.weft.demo.game.message.Round;
import dev.weft.demo.game.message.Row;
import dev.weft.demo.game.world.Happening;
import dev.weft.demo.game.world.Rules;
import dev.weft.demo.game.world.Snapshots;
import dev.weft.demo.game.world.Turn;
import dev.weft.demo.game.world.World;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One cloth with its players, bots and rounds. Knows no clock: whoever calls {@link #step} makes the time. Players are
 * told apart by the ids of their clients. Thread-safe.
 */
public final class Arena {
    private static final int KEYFRAME_STEPS = 2 * Rules.STEPS_PER_SECOND;
    private static final int LOUD_LOOP = 40;
    private static final int REMEMBERED_LINES = 5;

    private final ReentrantLock lock = new ReentrantLock();
    private final TreeMap<Integer, Seat> seats = new TreeMap<>();
    private final Deque<ChatLine> lines = new ArrayDeque<>();
    private final String name;
    private final Audience audience;
    private final BotNames botNames;
    private final World world;
    private final Snapshots snapshots;
    private final int fillUpTo;
    private Round round = new Round(1, false, Rules.ROUND_STEPS, List.of());
    private int stepMicros;

    /** Creates an arena in which bots fill up the seats to {@code fillUpTo}. The same seed makes the same game. */
    public Arena(String name, int fillUpTo, long seed, Audience audience) {
        this.name = name;
        this.audience = audience;
        this.fillUpTo = Math.min(fillUpTo, Rules.MAX_SHUTTLES);
        world = new World(seed);
        snapshots = new Snapshots(world);
        botNames = new BotNames(seed);
        fillWithBots();
        snapshots.keyframe(false, bots(), away());
    }

    /** Returns the name. */
    public String name() {
        return name;
    }

    /** Gives a client a seat, or null if all are taken. */
    public @Nullable Joined join(String client, String playerName) {
        return locked(() -> {
            if (players() >= Rules.MAX_SHUTTLES) {
                return null;
            }
            makeRoom();
            Seat seat = new Seat(world, world.add(), playerName, client);
            seats.put(seat.shuttle.id(), seat);
            Joined joined = joined(seat);
            say(new ChatLine(0, "", playerName + " takes a seat"));
            return joined;
        });
    }

    /** Gives the seat with this token to a client, or returns null if it is no longer kept. */
    public @Nullable Joined rejoin(String client, String token) {
        return locked(() -> {
            Seat seat = find(candidate -> !candidate.bot && candidate.token.equals(token));
            if (seat == null) {
                return null;
            }
            seat.client = client;
            seat.awayFor = 0;
            seat.shuttle.forgetSeq();
            return joined(seat);
        });
    }

    /** Keeps the seat of a client that has lost its connection; until it is back, its shuttle glides on. */
    public void away(String client) {
        with(client, seat -> seat.client = null);
    }

    /** Gives up the seat of a client. */
    public void leave(String client) {
        with(client, this::vacate);
    }

    /** Queues a turn of a client. */
    public void turn(String client, Turn turn) {
        with(client, seat -> seat.shuttle.steer(turn, world.tick()));
    }

    /** Passes a line of a client on to everyone; returns whether that was not too much talk. */
    public boolean chat(String client, String text) {
        return locked(() -> {
            Seat seat = seatOf(client);
            boolean may = seat != null && seat.mayChat(world.tick());
            if (seat != null && may) {
                say(new ChatLine(seat.shuttle.id(), seat.name, text));
            }
            return may;
        });
    }

    /** Plays one step and shows it to everyone. */
    public void step() {
        long start = System.nanoTime();
        lock.lock();
        try {
            releaseSeats();
            if (round.resting()) {
                world.rest();
            } else {
                seats.values().stream().filter(seat -> seat.client == null).forEach(seat -> seat.pilot.fly());
                world.step().forEach(this::announce);
            }
            if (world.tick() >= round.endsAt()) {
                nextPhase();
            }
            show();
        } finally {
            lock.unlock();
        }
        stepMicros = (int) ((System.nanoTime() - start) / 1000);
    }

    /** Returns the last keyframe, for a client that has none. */
    public byte[] keyframe() {
        return locked(snapshots::lastKeyframe);
    }

    /** Returns the leaderboard. */
    public Board board() {
        return locked(() -> new Board(ranking()));
    }

    /** Returns the last lines of chat, oldest first. */
    public List<ChatLine> lines() {
        return locked(() -> List.copyOf(lines));
    }

    /** Returns the answer to a ping. */
    public Pong pong() {
        return locked(() -> new Pong(world.tick(), stepMicros));
    }

    /** Returns the line of the lobby. */
    public ArenaInfo info() {
        return locked(() -> {
            int left = (round.endsAt() - world.tick()) / Rules.STEPS_PER_SECOND;
            return new ArenaInfo(name, players(), seats.size() - players(), Rules.MAX_SHUTTLES, left);
        });
    }

    /** Returns whether nobody is here and nobody is expected back. */
    public boolean deserted() {
        return locked(() -> players() == 0);
    }

    /** Returns what {@code reader} makes of the world, while nobody changes it. */
    public <T extends @Nullable Object> T read(Function<World, T> reader) {
        return locked(() -> reader.apply(world));
    }

    private void show() {
        boolean keyframe = snapshots.age() >= KEYFRAME_STEPS;
        boolean resting = round.resting();
        audience.show(
                "snap",
                keyframe ? snapshots.keyframe(resting, bots(), away()) : snapshots.delta(resting, bots(), away()));
        if (world.tick() % Rules.STEPS_PER_SECOND == 0) {
            audience.tell("board", new Board(ranking())); // shown, it would lose to the snapshot just sent
        }
    }

    private void announce(Happening happening) {
        switch (happening) {
            case Happening.Cut cut -> audience.tell("cut", cut);
            case Happening.Woven woven when woven.cells() >= LOUD_LOOP -> audience.tell("woven", woven);
            case Happening.Woven quiet -> {}
        }
    }

    private void nextPhase() {
        if (round.resting()) {
            world.clear();
            round = new Round(round.number() + 1, false, world.tick() + Rules.ROUND_STEPS, List.of());
        } else {
            round = new Round(round.number(), true, world.tick() + Rules.REST_STEPS, ranking());
        }
        audience.tell("round", round);
    }

    private void releaseSeats() {
        List<Seat> late = seats.values().stream()
                .filter(seat -> seat.away() && ++seat.awayFor > Rules.HOLD_STEPS)
                .toList();
        late.forEach(this::vacate);
    }

    private void vacate(Seat seat) {
        remove(seat);
        say(new ChatLine(0, "", seat.name + " has left"));
        fillWithBots();
    }

    private void say(ChatLine line) {
        if (lines.size() == REMEMBERED_LINES) {
            lines.removeFirst();
        }
        lines.add(line);
        audience.tell("chat", line);
    }

    private void remove(Seat seat) {
        seats.remove(seat.shuttle.id());
        world.remove(seat.shuttle.id());
    }

    private void fillWithBots() {
        while (seats.size() < fillUpTo) {
            Seat seat = new Seat(world, world.add(), botNames.next(), null);
            seats.put(seat.shuttle.id(), seat);
        }
    }

    /** The bot with the least cloth goes when a player comes and the seats are full. */
    private void makeRoom() {
        if (seats.size() >= fillUpTo) {
            seats.values().stream()
                    .filter(seat -> seat.bot)
                    .min(Comparator.comparingInt(seat -> seat.shuttle.area()))
                    .ifPresent(this::remove);
        }
    }

    private Joined joined(Seat seat) {
        int id = seat.shuttle.id();
        Board board = new Board(ranking());
        return new Joined(name, id, seat.name, seat.token, Rules.STEPS_PER_SECOND, board, round, List.copyOf(lines));
    }

    private List<Row> ranking() {
        return seats.values().stream()
                .map(Seat::row)
                .sorted(Comparator.comparingInt(Row::area).reversed())
                .toList();
    }

    private Set<Integer> bots() {
        return ids(seat -> seat.bot);
    }

    private Set<Integer> away() {
        return ids(Seat::away);
    }

    private Set<Integer> ids(Predicate<Seat> which) {
        Collection<Seat> all = seats.values();
        return all.stream().filter(which).map(seat -> seat.shuttle.id()).collect(Collectors.toSet());
    }

    private int players() {
        return (int) seats.values().stream().filter(seat -> !seat.bot).count();
    }

    private @Nullable Seat seatOf(String client) {
        return find(seat -> client.equals(seat.client));
    }

    private @Nullable Seat find(Predicate<Seat> which) {
        return seats.values().stream().filter(which).findFirst().orElse(null);
    }

    private void with(String client, Consumer<Seat> action) {
        lock.lock();
        try {
            Seat seat = seatOf(client);
            if (seat != null) {
                action.accept(seat);
            }
        } finally {
            lock.unlock();
        }
    }

    private <T extends @Nullable Object> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
