package dev.weft.demo.game.message;

import java.util.List;

/**
 * A round begins or ends.
 *
 * @param number from 1
 * @param resting whether it is over and the shuttles rest
 * @param endsAt the step at which this phase ends
 * @param ranking the final order while resting, else empty
 */
public record Round(int number, boolean resting, int endsAt, List<Row> ranking) {}
