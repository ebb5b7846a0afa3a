package dev.weft.conformance;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A map that clients fill and that therefore forgets its oldest entries. */
final class LatestEntries<V> extends LinkedHashMap<String, V> {
    private static final long serialVersionUID = 1L;
    private static final int MAX_ENTRIES = 10_000;

    private LatestEntries() {}

    /** Returns an empty thread-safe map. */
    static <V> Map<String, V> map() {
        return Collections.synchronizedMap(new LatestEntries<>());
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > MAX_ENTRIES;
    }
}
