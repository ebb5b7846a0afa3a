/** Fuzz targets for this package, within it to reach what is not public. */
@NullMarked
package dev.weft.json;

import org.jspecify.annotations.NullMarked;
