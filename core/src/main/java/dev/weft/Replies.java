package dev.weft;

import java.util.List;
import java.util.Set;

/**
 * What a broadcast with acknowledgements brought. Immutable.
 *
 * @param answers the answers, in order of arrival
 * @param missing the ids of the sockets that did not answer in time
 * @param <T> the type of an answer
 */
public record Replies<T>(List<T> answers, Set<String> missing) {
    /** Copies the collections. */
    public Replies {
        answers = List.copyOf(answers);
        missing = Set.copyOf(missing);
    }

    /** Returns whether everyone answered. */
    public boolean complete() {
        return missing.isEmpty();
    }
}
