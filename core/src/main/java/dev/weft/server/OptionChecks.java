package dev.weft.server;

import dev.weft.net.AddressRanges;
import java.time.Duration;
import java.util.List;

/** What setters of {@link Options} refuse, in one sentence each. */
final class OptionChecks {
    private OptionChecks() {}

    static Duration positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be more than zero but was " + value);
        }
        return value;
    }

    static int positive(String name, int value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " must be more than zero but was " + value);
        }
        return value;
    }

    static int within(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(name + " must be from 1 to " + most + " but was " + value);
        }
        return value;
    }

    static List<String> ranges(List<String> ranges) {
        List<String> checked = List.copyOf(ranges);
        AddressRanges.of(checked);
        return checked;
    }

    static int atLeastZero(String name, int value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " must not be negative but was " + value);
        }
        return value;
    }

    static Duration atLeastZero(String name, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(name + " must not be negative but was " + value);
        }
        return value;
    }
}
