package dev.weft.demo.game.message;

/**
 * One line of the leaderboard.
 *
 * @param id number of the shuttle
 * @param name what the player is called
 * @param area woven cells
 * @param cuts threads of others cut in this round
 * @param bot whether nobody sits there
 * @param away whether the player has lost the connection
 */
public record Row(int id, String name, int area, int cuts, boolean bot, boolean away) {}
