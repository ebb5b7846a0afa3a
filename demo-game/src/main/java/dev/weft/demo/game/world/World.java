package dev.weft.demo.game.world;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A cloth and the shuttles on it. The same seed and the same calls give the same world, to the bit. Not thread-safe.
 *
 * <p>Within a step all shuttles move first, then threads are cut, then loops close; so nobody gains from a low id.
 */
public final class World {
    private final Cloth cloth;
    private final SplittableRandom random;
    private final TreeMap<Integer, Shuttle> shuttles = new TreeMap<>();
    private int tick;

    /** Creates an empty world of the size in {@link Rules}. */
    public World(long seed) {
        this(Rules.WIDTH, Rules.HEIGHT, seed);
    }

    /** Creates an empty world; at least 10 and at most 255 cells in each direction. */
    public World(int width, int height, long seed) {
        cloth = new Cloth(width, height);
        random = new SplittableRandom(seed);
    }

    /** Returns the cells. */
    public Cloth cloth() {
        return cloth;
    }

    /** Returns the number of steps so far, those of rests included. */
    public int tick() {
        return tick;
    }

    /** Returns the shuttles by ascending id; a view. */
    public Collection<Shuttle> shuttles() {
        return Collections.unmodifiableCollection(shuttles.values());
    }

    /** Returns a shuttle, or null. */
    public @Nullable Shuttle shuttle(int id) {
        return shuttles.get(id);
    }

    SplittableRandom random() {
        return random;
    }

    /** Adds a shuttle with the lowest free id, on a fresh patch of cloth. */
    public Shuttle add() {
        int id = 1;
        while (shuttles.containsKey(id)) {
            id++;
        }
        if (id > Rules.MAX_SHUTTLES) {
            throw new IllegalStateException("the cloth has room for " + Rules.MAX_SHUTTLES + " shuttles");
        }
        Shuttle shuttle = new Shuttle(id);
        shuttles.put(id, shuttle);
        spawn(shuttle);
        return shuttle;
    }

    /** Takes a shuttle away, with its thread and its cloth. */
    public void remove(int id) {
        Shuttle shuttle = shuttles.remove(id);
        if (shuttle == null) {
            return;
        }
        cloth.pullThread(shuttle);
        for (int cell = 0; cell < cloth.size(); cell++) {
            if (cloth.owners[cell] == id) {
                cloth.owners[cell] = 0;
            }
        }
    }

    /** Starts a new round: an empty cloth, everyone on a fresh patch. */
    public void clear() {
        Arrays.fill(cloth.owners, (byte) 0);
        Arrays.fill(cloth.threads, (byte) 0);
        for (Shuttle shuttle : shuttles.values()) {
            shuttle.thread.clear();
            shuttle.area = 0;
            shuttle.cuts = 0;
            shuttle.outFor = 0;
            shuttle.dropTurns();
        }
        shuttles.values().forEach(this::spawn);
    }

    /** Lets a step pass in which nothing moves. */
    public void rest() {
        tick++;
    }

    /** Plays one step. */
    public List<Happening> step() {
        tick++;
        List<Happening> happenings = new ArrayList<>();
        for (Shuttle shuttle : shuttles.values()) {
            if (shuttle.flies()) {
                shuttle.move(tick, cloth.width, cloth.height);
            } else if (--shuttle.outFor == 0) {
                spawn(shuttle);
            }
        }
        for (Happening.Cut cut : findCuts()) {
            cut(cut, happenings);
        }
        for (Shuttle shuttle : shuttles.values()) {
            if (shuttle.flies()) {
                weave(shuttle, happenings);
            }
        }
        unravelThoseWithoutCloth(happenings);
        return happenings;
    }

    private List<Happening.Cut> findCuts() {
        List<Happening.Cut> cuts = new ArrayList<>();
        for (Shuttle shuttle : shuttles.values()) {
            if (!shuttle.flies()) {
                continue;
            }
            int cell = cloth.index(shuttle.flight);
            int owner = cloth.threadOwner(cell);
            if (owner != 0 && owner != shuttle.id()) {
                cuts.add(new Happening.Cut(owner, shuttle.id()));
            }
            for (Shuttle other : shuttles.values()) {
                boolean meets = other != shuttle && other.flies() && cloth.index(other.flight) == cell;
                if (meets && cloth.owner(cell) != other.id()) {
                    cuts.add(new Happening.Cut(other.id(), shuttle.id()));
                }
            }
        }
        return cuts;
    }

    private void cut(Happening.Cut cut, List<Happening> happenings) {
        Shuttle victim = shuttles.get(cut.victim());
        if (victim == null || !victim.flies()) {
            return;
        }
        cloth.pullThread(victim);
        victim.dropTurns();
        victim.outFor = Rules.OUT_STEPS;
        Shuttle by = shuttles.get(cut.by());
        if (by != null) {
            by.cuts++;
        }
        happenings.add(cut);
    }

    private void weave(Shuttle shuttle, List<Happening> happenings) {
        if (cloth.owner(cloth.index(shuttle.flight)) != shuttle.id()) {
            cloth.layThread(shuttle);
        } else if (!shuttle.thread.isEmpty()) {
            closeLoop(shuttle, happenings);
        }
    }

    private void closeLoop(Shuttle shuttle, List<Happening> happenings) {
        int before = shuttle.area;
        BitSet thread = (BitSet) shuttle.thread.clone();
        cloth.pullThread(shuttle);
        thread.stream().forEach(cell -> own(cell, shuttle));
        BitSet won = cloth.enclosedBy(shuttle.id());
        won.stream().forEach(cell -> own(cell, shuttle));
        happenings.add(new Happening.Woven(shuttle.id(), shuttle.area - before));
    }

    private void own(int cell, Shuttle shuttle) {
        Shuttle loser = shuttles.get(cloth.owner(cell));
        if (loser != null) {
            loser.area--;
            loser.robbedBy = shuttle.id();
        }
        cloth.owners[cell] = (byte) shuttle.id();
        shuttle.area++;
    }

    private void unravelThoseWithoutCloth(List<Happening> happenings) {
        for (Shuttle shuttle : shuttles.values()) {
            if (shuttle.flies() && shuttle.area == 0) {
                cut(new Happening.Cut(shuttle.id(), shuttle.robbedBy), happenings);
            }
        }
    }

    private void spawn(Shuttle shuttle) {
        shuttle.dropTurns();
        Direction dir = Direction.of(random.nextInt(4));
        int home = shuttle.area > 0 ? randomHome(shuttle) : -1;
        if (home >= 0) {
            shuttle.flight = new Flight(home % cloth.width, home / cloth.width, dir);
        } else {
            shuttle.flight = loneliestOf(40, dir);
            layPatch(shuttle);
        }
    }

    private int randomHome(Shuttle shuttle) {
        int skip = random.nextInt(shuttle.area);
        for (int cell = 0; cell < cloth.size(); cell++) {
            if (cloth.owner(cell) == shuttle.id() && skip-- == 0) {
                return cell;
            }
        }
        return -1;
    }

    private Flight loneliestOf(int candidates, Direction dir) {
        Flight best = randomFlight(dir);
        for (int i = 1; i < candidates; i++) {
            Flight candidate = randomFlight(dir);
            if (loneliness(candidate) > loneliness(best)) {
                best = candidate;
            }
        }
        return best;
    }

    private Flight randomFlight(Direction dir) {
        int margin = Rules.PATCH_RADIUS + 1;
        int x = random.nextInt(margin, cloth.width - margin);
        int y = random.nextInt(margin, cloth.height - margin);
        return new Flight(x, y, dir);
    }

    /** Distance to the next shuttle, less a lot if the patch would lie on somebody's cloth. */
    private int loneliness(Flight flight) {
        int distance = cloth.width + cloth.height;
        for (Shuttle other : shuttles.values()) {
            int dx = Math.abs(other.flight.x() - flight.x());
            int dy = Math.abs(other.flight.y() - flight.y());
            distance = Math.min(distance, dx + dy);
        }
        return distance - takenCells(flight) * cloth.width;
    }

    private int takenCells(Flight flight) {
        int taken = 0;
        for (int cell : patch(flight)) {
            taken += cloth.owner(cell) != 0 || cloth.threadOwner(cell) != 0 ? 1 : 0;
        }
        return taken;
    }

    private void layPatch(Shuttle shuttle) {
        for (int cell : patch(shuttle.flight)) {
            own(cell, shuttle);
        }
    }

    private int[] patch(Flight middle) {
        int side = 2 * Rules.PATCH_RADIUS + 1;
        int[] cells = new int[side * side];
        for (int i = 0; i < cells.length; i++) {
            int x = middle.x() - Rules.PATCH_RADIUS + i % side;
            int y = middle.y() - Rules.PATCH_RADIUS + i / side;
            cells[i] = cloth.index(x, y);
        }
        return cells;
    }
}
