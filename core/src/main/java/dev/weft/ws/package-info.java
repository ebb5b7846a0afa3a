/**
 * WebSocket connections (<a href="https://www.rfc-editor.org/rfc/rfc6455">RFC 6455</a>): the opening handshake, frames
 *, messages and their compression (<a href="https://www.rfc-editor.org/rfc/rfc7692">RFC 7692</a>). Built on {@code net} and {@code http}; Engine.IO sessions and raw endpoints are built on it.
 *
 * <pre>{@code
 * if (OpeningHandshake.accept(request, List.of(), null) instanceof OpeningHandshake.Accepted accepted) {
 *     accepted.response().writeTo(out);
 *     Incoming next = new MessageReader(in, 1_000_000, 10_000).read();
 * }
 * }</pre>
 */
@NullMarked
package dev.weft.ws;

import org.jspecify.annotations.NullMarked;
