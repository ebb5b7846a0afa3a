package dev.weft.fuzz;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a target demands; what does not hold is a finding. */
public final class Expect {
    private Expect() {}

    /** Demands that a rule holds. */
    public static void that(boolean holds, String rule) {
        if (!holds) {
            throw new AssertionError(rule);
        }
    }

    /** Demands that two ways to the same thing agree. */
    public static void same(String what, @Nullable Object expected, @Nullable Object actual) {
        if (!Objects.equals(expected, actual)) {
            throw new AssertionError(what + ": expected " + expected + " but was " + actual);
        }
    }
}
