/** The annotations of handler classes. They refer to no other Weft type, so that this module depends on nothing. */
@NullMarked
package dev.weft.annotation;

import org.jspecify.annotations.NullMarked;
