package dev.weft.demo.game.message;

import java.util.List;

/**
 * A seat.
 *
 * @param arena name of the arena
 * @param id number of the player's shuttle in snapshots and cells
 * @param name what the others see
 * @param token secret with which the player can come back
 * @param stepsPerSecond steps per second
 * @param board the leaderboard now
 * @param round the round now
 * @param lines the last lines of chat, oldest first
 */
public record Joined(
        String arena,
        int id,
        String name,
        String token,
        int stepsPerSecond,
        Board board,
        Round round,
        List<ChatLine> lines) {}
