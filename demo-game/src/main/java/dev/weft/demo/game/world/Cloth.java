package dev.weft.demo.game.world;

import java.util.ArrayDeque;
import java.util.BitSet;

/**
 * The cells: who owns them, and whose open thread lies on them. Cell {@code (x, y)} has index {@code y * width + x}.
 *
 * <p>A thread byte holds the owner in its five lowest bits and, above them, the {@link Direction} in which the shuttle
 * entered the cell; so the page can draw threads as lines although it only gets cells.
 */
public final class Cloth {
    private static final int OWNER_BITS = 5;
    private static final int OWNER = (1 << OWNER_BITS) - 1;

    final int width;
    final int height;
    final byte[] owners;
    final byte[] threads;

    Cloth(int width, int height) {
        this.width = width;
        this.height = height;
        owners = new byte[width * height];
        threads = new byte[width * height];
    }

    /** Returns the number of columns. */
    public int width() {
        return width;
    }

    /** Returns the number of rows. */
    public int height() {
        return height;
    }

    /** Returns the number of cells. */
    public int size() {
        return owners.length;
    }

    /** Returns whose cloth the cell is, or 0. */
    public int owner(int cell) {
        return owners[cell];
    }

    /** Returns whose open thread lies on the cell, or 0. */
    public int threadOwner(int cell) {
        return threads[cell] & OWNER;
    }

    /** Returns a copy of the owners, one byte per cell. */
    public byte[] copyOfOwners() {
        return owners.clone();
    }

    /** Returns a copy of the threads, one byte per cell. */
    public byte[] copyOfThreads() {
        return threads.clone();
    }

    int index(int x, int y) {
        return y * width + x;
    }

    int index(Flight flight) {
        return index(flight.x(), flight.y());
    }

    void layThread(Shuttle shuttle) {
        int cell = index(shuttle.flight);
        threads[cell] = (byte) (shuttle.id() | (shuttle.flight.dir().number() << OWNER_BITS));
        shuttle.thread.set(cell);
    }

    void pullThread(Shuttle shuttle) {
        shuttle.thread.stream()
                .filter(cell -> threadOwner(cell) == shuttle.id())
                .forEach(cell -> threads[cell] = 0);
        shuttle.thread.clear();
    }

    /** Returns the cells that {@code id} owns or encloses: all that cannot be reached from outside without crossing it. */
    BitSet enclosedBy(int id) {
        BitSet outside = new BitSet(size());
        ArrayDeque<Integer> open = new ArrayDeque<>();
        for (int x = 0; x < width; x++) {
            reach(index(x, 0), id, outside, open);
            reach(index(x, height - 1), id, outside, open);
        }
        for (int y = 0; y < height; y++) {
            reach(index(0, y), id, outside, open);
            reach(index(width - 1, y), id, outside, open);
        }
        while (!open.isEmpty()) {
            int cell = open.removeFirst();
            int x = cell % width;
            if (x > 0) {
                reach(cell - 1, id, outside, open);
            }
            if (x < width - 1) {
                reach(cell + 1, id, outside, open);
            }
            if (cell >= width) {
                reach(cell - width, id, outside, open);
            }
            if (cell < size() - width) {
                reach(cell + width, id, outside, open);
            }
        }
        outside.flip(0, size());
        return outside;
    }

    private void reach(int cell, int id, BitSet outside, ArrayDeque<Integer> open) {
        if (owners[cell] != id && !outside.get(cell)) {
            outside.set(cell);
            open.add(cell);
        }
    }
}
