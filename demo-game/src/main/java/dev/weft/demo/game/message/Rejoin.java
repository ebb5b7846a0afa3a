package dev.weft.demo.game.message;

/**
 * A player who lost the connection asks for the old seat.
 *
 * @param token the secret of {@link Joined}
 */
public record Rejoin(String token) {}
