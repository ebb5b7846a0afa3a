package dev.weft.demo.game.world;

/** The four ways a shuttle can fly; clockwise. */
public enum Direction {
    /** Towards smaller y. */
    UP(0, 0, -1),
    /** Towards larger x. */
    RIGHT(1, 1, 0),
    /** Towards larger y. */
    DOWN(2, 0, 1),
    /** Towards smaller x. */
    LEFT(3, -1, 0);

    private static final Direction[] ALL = values();

    private final int number;
    final int dx;
    final int dy;

    Direction(int number, int dx, int dy) {
        this.number = number;
        this.dx = dx;
        this.dy = dy;
    }

    /** Returns the direction with wire number {@code number}; only the two lowest bits count. */
    public static Direction of(int number) {
        return ALL[number & 3];
    }

    /** Returns the wire number, 0 to 3. */
    public int number() {
        return number;
    }

    /** Returns the direction after a quarter turn to the right. */
    public Direction right() {
        return of(number + 1);
    }

    /** Returns the direction after a quarter turn to the left. */
    public Direction left() {
        return of(number + 3);
    }

    /** Returns whether {@code other} leads the opposite way. */
    public boolean opposes(Direction other) {
        return (number ^ other.number) == 2;
    }
}
