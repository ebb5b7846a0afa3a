package dev.weft.net;

import java.io.IOException;

/** A connection did not begin with a PROXY header, although it had to: it is cut. */
final class MalformedProxyHeaderException extends IOException {
    private static final long serialVersionUID = 1L;

    MalformedProxyHeaderException(String what) {
        super("malformed PROXY header: " + what);
    }
}
