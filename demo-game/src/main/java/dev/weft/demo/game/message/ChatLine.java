package dev.weft.demo.game.message;

/**
 * A line of chat.
 *
 * @param id shuttle of the speaker, or 0 if the arena itself speaks
 * @param name name of the speaker
 * @param text what was said, at most 200 characters
 */
public record ChatLine(int id, String name, String text) {}
