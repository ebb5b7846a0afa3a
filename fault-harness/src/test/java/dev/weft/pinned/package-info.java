/** Stands for code of Weft that keeps carriers. */
@NullMarked
package dev.weft.pinned;

import org.jspecify.annotations.NullMarked;
