package dev.weft.demo.game.world;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;

/** One shuttle and what belongs to it. Changed by its {@link World} only, under the lock of the arena. */
public final class Shuttle {
    private final int id;
    private final Deque<Turn> turns = new ArrayDeque<>();
    /** Cells of the open thread. */
    final BitSet thread = new BitSet();

    Flight flight = new Flight(0, 0, Direction.RIGHT);
    int outFor;
    int area;
    int cuts;
    int robbedBy;
    private int lastQueued;
    private int lastApplied;

    Shuttle(int id) {
        this.id = id;
    }

    /** Returns the number in the cells of the cloth, from 1. */
    public int id() {
        return id;
    }

    /** Returns position and direction. */
    public Flight flight() {
        return flight;
    }

    /** Returns whether the shuttle flies, that is, is not out after a cut. */
    public boolean flies() {
        return outFor == 0;
    }

    /** Returns the number of woven cells. */
    public int area() {
        return area;
    }

    /** Returns how many threads of others it has cut in this round. */
    public int cuts() {
        return cuts;
    }

    /** Returns the number of cells of the open thread. */
    public int threadLength() {
        return thread.cardinality();
    }

    /** Returns the number of the last turn that has been dealt with. */
    public int seq() {
        return lastApplied;
    }

    /** Queues a turn; repeated and superfluous ones are dropped. {@code now} is the step of the world. */
    public void steer(Turn turn, int now) {
        if (turn.seq() <= lastQueued || turns.size() >= Rules.MAX_WAITING_TURNS) {
            return;
        }
        lastQueued = turn.seq();
        turns.add(new Turn(turn.seq(), turn.dir(), Math.min(turn.tick(), now + Rules.MAX_LEAD)));
    }

    /** Turns at once, as bots do. */
    void turn(Direction to) {
        flight = flight.turned(to);
    }

    /** Applies at most one turn that changes the direction, then moves. */
    void move(int tick, int width, int height) {
        while (!turns.isEmpty() && turns.getFirst().tick() <= tick) {
            Turn turn = turns.removeFirst();
            lastApplied = turn.seq();
            Flight turned = flight.turned(turn.direction());
            if (!turned.equals(flight)) {
                flight = turned;
                break;
            }
        }
        flight = flight.moved(width, height);
    }

    /** Forgets turns that wait; they count as dealt with. */
    void dropTurns() {
        turns.clear();
        lastApplied = lastQueued;
    }

    /** Makes a new client start to count its turns from 1. */
    public void forgetSeq() {
        turns.clear();
        lastQueued = 0;
        lastApplied = 0;
    }
}
