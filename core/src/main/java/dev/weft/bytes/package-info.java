/** Immutable byte strings; knows nothing of the rest of Weft. */
@NullMarked
package dev.weft.bytes;

import org.jspecify.annotations.NullMarked;
