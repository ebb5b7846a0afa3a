/** Fuzz targets for this package, within it to reach what is not public. */
@NullMarked
package dev.weft.ws;

import org.jspecify.annotations.NullMarked;
