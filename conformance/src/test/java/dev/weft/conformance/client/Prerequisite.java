package dev.weft.conformance.client;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Something outside the build that a test needs. Where {@code WEFT_REQUIRE_ALL} is true, missing it is a failure. */
public final class Prerequisite {
    private Prerequisite() {}

    /** Skips the running test with {@code sentence} unless {@code present}. */
    public static void require(boolean present, String sentence) {
        if (present) {
            return;
        }
        if ("true".equals(System.getenv("WEFT_REQUIRE_ALL"))) {
            Assertions.fail(sentence);
        }
        System.out.println("Skipped: " + sentence);
        Assumptions.abort(sentence);
    }
}
