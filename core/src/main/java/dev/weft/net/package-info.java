/** TCP and time: listener, connection, outbox, drainers, clock, watchdog. Knows no protocol. */
@NullMarked
package dev.weft.net;

import org.jspecify.annotations.NullMarked;
