package dev.weft.demo.game.world;

/** The numbers of the game. Times are in steps. */
public final class Rules {
    /** Steps per second; a shuttle moves one cell per step. */
    public static final int STEPS_PER_SECOND = 15;
    /** Cells from left to right. */
    public static final int WIDTH = 128;
    /** Cells from top to bottom. */
    public static final int HEIGHT = 96;
    /** Most shuttles in one arena, bots included. */
    public static final int MAX_SHUTTLES = 24;
    /** How long a cut shuttle is out. */
    public static final int OUT_STEPS = 3 * STEPS_PER_SECOND;
    /** Length of a round. */
    public static final int ROUND_STEPS = 180 * STEPS_PER_SECOND;
    /** Rest between two rounds. */
    public static final int REST_STEPS = 8 * STEPS_PER_SECOND;
    /** How long the seat of a player who lost the connection is kept. */
    public static final int HOLD_STEPS = 20 * STEPS_PER_SECOND;
    /** How far ahead of the world a client may date a turn. */
    public static final int MAX_LEAD = 20;
    /** Most turns of one shuttle that wait for their step; more are dropped. */
    public static final int MAX_WAITING_TURNS = 8;
    /** Cells from the middle of a fresh patch of cloth to its border. */
    static final int PATCH_RADIUS = 3;

    private Rules() {}
}
