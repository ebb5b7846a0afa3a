package dev.weft.demo.game.world;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;

/**
 * Steers a shuttle for nobody: flies loops out of the own cloth, hunts threads nearby and runs home when its own is in
 * danger. Bots have one, and so has the seat of a player who is away. Deterministic; not thread-safe.
 */
public final class Pilot {
    private static final int NOWHERE = -1;
    private static final int SIGHT = 4;
    private static final int FEAR = 4;

    private final World world;
    private final Shuttle me;
    private final SplittableRandom random;
    private final Deque<Integer> plan = new ArrayDeque<>();
    private int home = NOWHERE;

    /** Creates a pilot for a shuttle of the world. */
    public Pilot(World world, Shuttle me) {
        this.world = world;
        this.me = me;
        random = world.random().split();
    }

    /** Turns the shuttle as it sees fit; to be called before each step. */
    public void fly() {
        if (!me.flies()) {
            plan.clear();
            return;
        }
        int goal = goal();
        if (goal != NOWHERE) {
            me.turn(towards(goal));
        }
    }

    private int goal() {
        boolean atHome = world.cloth().owner(here()) == me.id();
        if (!atHome && threatened()) {
            plan.clear();
            return nearestHome();
        }
        int prey = nearestPrey();
        if (prey != NOWHERE) {
            return prey;
        }
        while (!plan.isEmpty() && plan.getFirst() == here()) {
            plan.removeFirst();
        }
        if (plan.isEmpty() && atHome) {
            planLoop();
        }
        return plan.isEmpty() ? nearestHome() : plan.getFirst();
    }

    /** Plans a way out of the cloth, along it, and lets {@link #nearestHome()} lead back. */
    private void planLoop() {
        Direction out = Direction.of(random.nextInt(4));
        Direction along = random.nextBoolean() ? out.left() : out.right();
        int cell = here();
        int edge = cell;
        while (edge != NOWHERE && world.cloth().owner(edge) == me.id()) {
            cell = edge;
            edge = step(edge, out, 1);
        }
        if (edge == NOWHERE) {
            return;
        }
        int corner = reach(cell, out, 3 + random.nextInt(10));
        plan.add(corner);
        plan.add(reach(corner, along, 4 + random.nextInt(12)));
    }

    private int reach(int from, Direction dir, int most) {
        int cell = from;
        for (int i = 0; i < most; i++) {
            int next = step(cell, dir, 1);
            if (next == NOWHERE) {
                break;
            }
            cell = next;
        }
        return cell;
    }

    private int step(int cell, Direction dir, int cells) {
        Cloth cloth = world.cloth();
        int x = cell % cloth.width + dir.dx * cells;
        int y = cell / cloth.width + dir.dy * cells;
        return x < 0 || y < 0 || x >= cloth.width || y >= cloth.height ? NOWHERE : cloth.index(x, y);
    }

    private boolean threatened() {
        for (Shuttle other : world.shuttles()) {
            if (other == me || !other.flies()) {
                continue;
            }
            int head = world.cloth().index(other.flight);
            if (distance(head, here()) <= FEAR || me.thread.stream().anyMatch(cell -> distance(cell, head) <= FEAR)) {
                return true;
            }
        }
        return false;
    }

    private int nearestPrey() {
        int best = NOWHERE;
        for (int dy = -SIGHT; dy <= SIGHT; dy++) {
            int row = step(here(), Direction.DOWN, dy);
            for (int dx = -SIGHT; row != NOWHERE && dx <= SIGHT; dx++) {
                int cell = step(row, Direction.RIGHT, dx);
                if (cell != NOWHERE && isPrey(cell) && distance(cell, here()) < distance(best, here())) {
                    best = cell;
                }
            }
        }
        return best;
    }

    private boolean isPrey(int cell) {
        int owner = world.cloth().threadOwner(cell);
        return owner != 0 && owner != me.id() && distance(cell, here()) <= SIGHT;
    }

    private int nearestHome() {
        if (home != NOWHERE && home != here() && world.cloth().owner(home) == me.id()) {
            return home;
        }
        home = NOWHERE;
        for (int cell = 0; cell < world.cloth().size(); cell++) {
            if (world.cloth().owner(cell) == me.id() && distance(cell, here()) < distance(home, here())) {
                home = cell;
            }
        }
        return home;
    }

    /** Flies on while that comes closer, then takes the other leg; shuttles cannot turn round. */
    private Direction towards(int goal) {
        int width = world.cloth().width;
        int dx = goal % width - me.flight.x();
        int dy = goal / width - me.flight.y();
        Direction horizontal = dx > 0 ? Direction.RIGHT : Direction.LEFT;
        Direction vertical = dy > 0 ? Direction.DOWN : Direction.UP;
        Direction now = me.flight.dir();
        boolean closer = now.dx * dx > 0 || now.dy * dy > 0;
        if (closer) {
            return now;
        }
        boolean flat = dy == 0 || (dx != 0 && Math.abs(dx) >= Math.abs(dy));
        Direction first = flat ? horizontal : vertical;
        return now.opposes(first) ? (flat ? vertical : horizontal) : first;
    }

    private int here() {
        return world.cloth().index(me.flight);
    }

    private int distance(int a, int b) {
        if (a == NOWHERE || b == NOWHERE) {
            return Integer.MAX_VALUE;
        }
        int width = world.cloth().width;
        return Math.abs(a % width - b % width) + Math.abs(a / width - b / width);
    }
}
