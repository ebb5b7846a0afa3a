package dev.weft.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** How bytes travel between a connection and its peer: as they are, or through TLS. Never closes the socket. */
sealed interface Wire permits PlainWire, TlsWire {
    /**
     * Agrees with the peer on how to speak; blocks while the peer has to say something. Called once, before anything else.
     *
     * @return false if the peer speaks plainly where TLS is expected; then it may still be told so, plainly
     */
    boolean open() throws IOException;

    /** Returns what the peer says. */
    InputStream input();

    /** Returns what carries bytes to the peer. */
    OutputStream output();

    /** Tells the peer that nothing more will come; may block behind a writer. */
    void endOutput() throws IOException;

    /** Returns whether what it carries is encrypted. */
    boolean secure();
}
