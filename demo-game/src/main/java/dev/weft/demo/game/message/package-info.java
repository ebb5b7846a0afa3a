/** What travels between the page and the server as JSON, one record each. */
@NullMarked
package dev.weft.demo.game.message;

import org.jspecify.annotations.NullMarked;
