package dev.weft.http;

import java.io.IOException;

/** Invites the body of a request that said {@code Expect: 100-continue}. */
@FunctionalInterface
public interface BodyStart {
    /** Writes {@link HttpWriter#CONTINUE} and flushes. May block as a write does. */
    void expected() throws IOException;
}
