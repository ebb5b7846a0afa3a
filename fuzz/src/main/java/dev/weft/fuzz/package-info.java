/** What runs the fuzz targets, and what they share. The targets stand in the packages whose code they feed. */
@NullMarked
package dev.weft.fuzz;

import org.jspecify.annotations.NullMarked;
