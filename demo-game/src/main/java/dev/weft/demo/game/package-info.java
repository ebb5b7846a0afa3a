/** Loom: the server and its handlers. */
@NullMarked
package dev.weft.demo.game;

import org.jspecify.annotations.NullMarked;
