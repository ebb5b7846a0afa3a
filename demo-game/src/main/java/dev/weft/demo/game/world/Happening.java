package dev.weft.demo.game.world;

/** Something in a step that people want to be told. */
public sealed interface Happening {
    /**
     * A shuttle is out.
     *
     * @param victim its id
     * @param by the id of the one who cut its thread or took its last cell
     */
    record Cut(int victim, int by) implements Happening {}

    /**
     * A loop was closed.
     *
     * @param shuttle the id of the weaver
     * @param cells how many cells it won
     */
    record Woven(int shuttle, int cells) implements Happening {}
}
