/** TLS in the server, with real sockets. */
@NullMarked
package dev.weft.conformance.tls;

import org.jspecify.annotations.NullMarked;
