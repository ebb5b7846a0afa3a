/** Engine.IO v4: sessions over long-polling and WebSocket, heartbeat, upgrade. Knows no namespaces or rooms. */
@NullMarked
package dev.weft.engine;

import org.jspecify.annotations.NullMarked;
