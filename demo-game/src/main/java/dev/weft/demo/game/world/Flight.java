package dev.weft.demo.game.world;

/**
 * Where a shuttle is and where it flies to. The rule of motion is this one method; the page has the same in {@code rules.js}
 * to predict its own shuttle, and a test compares both.
 *
 * @param x column, from 0
 * @param y row, from 0
 * @param dir direction
 */
public record Flight(int x, int y, Direction dir) {
    /** Returns the flight after a turn; a turn to the opposite side would run into the own thread and does nothing. */
    public Flight turned(Direction to) {
        return dir.opposes(to) ? this : new Flight(x, y, to);
    }

    /** Returns the flight one cell further; at the selvedge the shuttle turns right, in a corner left. */
    public Flight moved(int width, int height) {
        Direction to = dir;
        if (!inside(to, width, height)) {
            to = inside(dir.right(), width, height) ? dir.right() : dir.left();
        }
        return new Flight(x + to.dx, y + to.dy, to);
    }

    private boolean inside(Direction to, int width, int height) {
        int column = x + to.dx;
        int row = y + to.dy;
        return column >= 0 && column < width && row >= 0 && row < height;
    }
}
