/** Fuzz targets for this package, within it to reach what is not public. */
@NullMarked
package dev.weft.server;

import org.jspecify.annotations.NullMarked;
