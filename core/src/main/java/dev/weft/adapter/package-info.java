/** The seam between broadcasts and where the members of rooms are: in memory, or in a cluster. */
@NullMarked
package dev.weft.adapter;

import org.jspecify.annotations.NullMarked;
