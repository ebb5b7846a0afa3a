/** What another jar on the class path might hold. */
@NullMarked
package dev.weft.conformance.behaviour.other;

import org.jspecify.annotations.NullMarked;
