/** Socket.IO v5 packets as values; pure functions between them and the wire. */
@NullMarked
package dev.weft.packet;

import org.jspecify.annotations.NullMarked;
