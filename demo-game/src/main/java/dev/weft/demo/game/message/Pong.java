package dev.weft.demo.game.message;

/**
 * The answer to a ping.
 *
 * @param tick the step of the arena
 * @param stepMicros how long the server worked on it, in microseconds
 */
public record Pong(int tick, int stepMicros) {}
