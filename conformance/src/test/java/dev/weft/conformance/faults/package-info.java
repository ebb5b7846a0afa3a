/** Connections that break in every way, peers that mean harm, and what is left of them: nothing. */
@NullMarked
package dev.weft.conformance.faults;

import org.jspecify.annotations.NullMarked;
