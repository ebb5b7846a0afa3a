package dev.weft.ws;

import dev.weft.bytes.Bytes;
import dev.weft.net.Outgoing;

/** Something to send over a WebSocket: whole frames, ready for the wire, shared by all recipients. */
public interface Framed extends Outgoing {
    /** Returns the frames, one after the other; they may be longer than {@link #size()}, which counts payload. */
    Bytes frames();

    /** Returns the frames for a peer that has agreed to permessage-deflate: compressed if that is worthwhile. */
    default Bytes frames(PeerDeflation deflation) {
        return frames();
    }

    @Override
    default int size() {
        return frames().size();
    }

    /** Returns frames that are encoded already. */
    static Framed of(Bytes frames) {
        return new Encoded(frames);
    }

    /**
     * Encoded frames.
     *
     * @param frames the wire bytes
     */
    record Encoded(Bytes frames) implements Framed {}
}
