/** The vocabulary of applications: interfaces and records that users import. Builds nothing; {@code dev.weft.server.Weft} does. */
@NullMarked
package dev.weft;

import org.jspecify.annotations.NullMarked;
