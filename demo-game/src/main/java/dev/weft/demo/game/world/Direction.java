package dev.weft.demo.game.world;

/** The four ways a shuttle can fly; the order is clockwise and is part of the wire format. */
public enum Direction {
    /** Towards smaller y. */
    UP(0, -1),
    /** Towards larger x. */
    RIGHT(1, 0),
    /** Towards larger y. */
    DOWN(0, 1),
    /** Towards smaller x. */
    LEFT(-1, 0);

    private static final Direction[] ALL = values();

    final int dx;
    final int dy;

    Direction(int dx, int dy) {
        this.dx = dx;
        this.dy = dy;
    }

    /** Returns the direction with wire number {@code number}; only the two lowest bits count. */
    public static Direction of(int number) {
        return ALL[number & 3];
    }

    /** Returns the direction after a quarter turn to the right. */
    public Direction right() {
        return of(ordinal() + 1);
    }

    /** Returns the direction after a quarter turn to the left. */
    public Direction left() {
        return of(ordinal() + 3);
    }

    /** Returns whether {@code other} leads the opposite way. */
    public boolean opposes(Direction other) {
        return ((ordinal() ^ other.ordinal()) == 2);
    }
}
