/** Assembly: the builder, its options, and the way from a TCP connection to a protocol. Nothing imports it. */
@NullMarked
package dev.weft.server;

import org.jspecify.annotations.NullMarked;
