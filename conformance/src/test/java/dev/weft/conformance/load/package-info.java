/** Many connections at once, held by a process of their own. */
@NullMarked
package dev.weft.conformance.load;

import org.jspecify.annotations.NullMarked;
