/** Seats, rounds, chat and time around the rules; still without framework. */
@NullMarked
package dev.weft.demo.game.arena;

import org.jspecify.annotations.NullMarked;
