package dev.weft.demo.game.message;

/**
 * A player asks for a seat.
 *
 * @param arena where: 1 to 20 lower-case letters, digits and hyphens; made if it does not exist
 * @param name how the player wants to be called: 1 to 16 characters
 */
public record Join(String arena, String name) {}
