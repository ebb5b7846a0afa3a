/** Namespaces at work: sockets, rooms, broadcasts, acknowledgements. Knows no HTTP and no frames. */
@NullMarked
package dev.weft.socket;

import org.jspecify.annotations.NullMarked;
