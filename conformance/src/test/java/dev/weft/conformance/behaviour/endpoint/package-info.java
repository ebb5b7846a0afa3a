/** A handler class that a scan of this package finds, and nothing else. */
@NullMarked
package dev.weft.conformance.behaviour.endpoint;

import org.jspecify.annotations.NullMarked;
