package dev.weft.demo.game.message;

/**
 * A line of the lobby.
 *
 * @param name name of the arena
 * @param players people in it
 * @param bots bots in it
 * @param room most people it takes
 * @param secondsLeft until the phase ends
 */
public record ArenaInfo(String name, int players, int bots, int room, int secondsLeft) {}
