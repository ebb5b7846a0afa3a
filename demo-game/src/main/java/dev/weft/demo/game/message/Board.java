package dev.weft.demo.game.message;

import java.util.List;

/**
 * The leaderboard.
 *
 * @param rows largest area first
 */
public record Board(List<Row> rows) {}
