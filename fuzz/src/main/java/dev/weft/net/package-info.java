/** Fuzz targets for this package, within it to reach what is not public. */
@NullMarked
package dev.weft.net;

import org.jspecify.annotations.NullMarked;
