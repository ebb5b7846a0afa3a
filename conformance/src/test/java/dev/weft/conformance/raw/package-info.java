/** Clients that send any bytes in any segmentation, and the protocol rules that they check byte by byte. */
@NullMarked
package dev.weft.conformance.raw;

import org.jspecify.annotations.NullMarked;
