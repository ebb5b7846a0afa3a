package dev.weft.demo.game.world;

/**
 * A wish to fly another way.
 *
 * @param seq number of the turn among those of its client, ascending
 * @param dir wire number of a {@link Direction}
 * @param tick the step at which the client has already shown it; one that is past means "as soon as possible"
 */
public record Turn(int seq, int dir, int tick) {
    /** Returns the direction. */
    public Direction direction() {
        return Direction.of(dir);
    }
}
