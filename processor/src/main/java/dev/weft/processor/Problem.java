package dev.weft.processor;

import dev.weft.processor.EndpointModel.Unchecked;
import javax.tools.Diagnostic;

/**
 * A mistake in a handler class.
 *
 * @param tag the stable number of the rule
 * @param message what is wrong and what to write instead
 */
record Problem(int tag, Diagnostic.Kind kind, Place place, String message) {
    static Problem error(int tag, Place place, String message) {
        return new Problem(tag, Diagnostic.Kind.ERROR, place, message);
    }

    static Problem warning(int tag, Place place, String message) {
        return new Problem(tag, Diagnostic.Kind.WARNING, place, message);
    }

    /** A constraint on a parameter or record component: harmless, but it looks as if it were checked. */
    static Problem unchecked(Unchecked unchecked) {
        String message = "@" + unchecked.annotation() + " is not checked by Weft yet; check it in the method";
        return warning(329, unchecked.place(), message);
    }

    boolean isError() {
        return kind == Diagnostic.Kind.ERROR;
    }

    /** Returns what the compiler prints. */
    String text() {
        return "[WEFT-%03d] %s".formatted(tag, message);
    }
}
