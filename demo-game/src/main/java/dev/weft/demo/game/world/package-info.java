/** The rules of Loom: pure, deterministic, without clock, thread or framework. */
@NullMarked
package dev.weft.demo.game.world;

import org.jspecify.annotations.NullMarked;
