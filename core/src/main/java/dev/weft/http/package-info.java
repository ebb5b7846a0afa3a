/**
 * HTTP/1.1, as much as a WebSocket and long-polling server needs (RFC 9110, RFC 9112): codecs that pull from a
 * {@link dev.weft.net.ByteInput}, static files, origins; and {@code Exchange}, which answers over one connection. Below it
 * is {@code dev.weft.net}, above it {@code dev.weft.ws}, of which it knows nothing.
 *
 * <pre>{@code
 * HttpReader reader = new HttpReader(input, limits, remote, false);
 * RequestHead head = reader.readHead();
 * Bytes body = reader.readBody(head, maxBody, () -> HttpWriter.CONTINUE.writeTo(output));
 * HttpResponse response = route(head.request().withBody(body));
 * HttpWriter.encode(response, head.keepAlive(), head.request().method().equals("HEAD")).writeTo(output);
 * }</pre>
 */
@NullMarked
package dev.weft.http;

import org.jspecify.annotations.NullMarked;
