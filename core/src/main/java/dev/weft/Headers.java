package dev.weft;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Immutable header fields: names in any case, several values a name, values free of CR, LF and NUL. */
public final class Headers {
    /** No header fields. */
    public static final Headers EMPTY = new Headers(Map.of());

    private final Map<String, List<String>> fields;

    private Headers(Map<String, List<String>> fields) {
        this.fields = fields;
    }

    /**
     * Returns header fields from names and values in turn.
     *
     * @throws IllegalArgumentException if a name is not a token or a value holds CR, LF or NUL (RFC 9110, section 5)
     */
    public static Headers of(String... namesAndValues) {
        Headers headers = EMPTY;
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers = headers.with(namesAndValues[i], namesAndValues[i + 1]);
        }
        return headers;
    }

    /** Returns these fields and one more, after the values that the name already has. */
    public Headers with(String name, String value) {
        check(name, value);
        Map<String, List<String>> copy = new TreeMap<>(fields);
        List<String> values = new ArrayList<>(copy.getOrDefault(key(name), List.of()));
        values.add(value);
        copy.put(key(name), List.copyOf(values));
        return new Headers(copy);
    }

    /** Returns the first value of {@code name}, or null. */
    public @Nullable String first(String name) {
        List<String> values = all(name);
        return values.isEmpty() ? null : values.getFirst();
    }

    /** Returns all values of {@code name} in order; empty if there are none. */
    public List<String> all(String name) {
        return fields.getOrDefault(key(name), List.of());
    }

    /** Returns the fields with names in lower case. */
    public Map<String, List<String>> asMap() {
        return java.util.Collections.unmodifiableMap(fields);
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static void check(String name, String value) {
        if (name.isEmpty() || !name.chars().allMatch(Headers::isTokenChar)) {
            throw new IllegalArgumentException("header name \"" + name + "\" is not a token");
        }
        if (value.chars().anyMatch(c -> c == '\r' || c == '\n' || c == 0)) {
            throw new IllegalArgumentException("the value of header " + name + " holds CR, LF or NUL");
        }
    }

    private static boolean isTokenChar(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }

    @Override
    public String toString() {
        return fields.toString();
    }
}
