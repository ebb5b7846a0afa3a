package dev.weft;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Immutable header fields: names in any case, several values a name, values free of CR, LF and NUL. Safe to share between
 * threads.
 */
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
        Builder builder = builder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            builder.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return builder.build();
    }

    /** Returns a builder for many fields: its cost grows linearly with them, unlike a chain of {@link #with}. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns these fields and one more, after the values that the name already has.
     *
     * @throws IllegalArgumentException if {@code name} is not a token or {@code value} holds CR, LF or NUL
     */
    public Headers with(String name, String value) {
        check(name, value);
        Map<String, List<String>> copy = new LinkedHashMap<>(fields);
        List<String> values = new ArrayList<>(all(name));
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

    /**
     * Returns whether {@code token} is, in any case, an element of the comma-separated lists in the values of {@code name}
     * (RFC 9110, section 5.6.1). Takes time linear in the values.
     */
    public boolean hasToken(String name, String token) {
        for (String value : all(name)) {
            int from = 0;
            while (from <= value.length()) {
                int comma = value.indexOf(',', from);
                int to = comma < 0 ? value.length() : comma;
                if (value.substring(from, to).strip().equalsIgnoreCase(token)) {
                    return true;
                }
                from = to + 1;
            }
        }
        return false;
    }

    /** Returns the fields with names in lower case, in the order of their first appearance. */
    public Map<String, List<String>> asMap() {
        return Collections.unmodifiableMap(fields);
    }

    /** Returns whether {@code text} is a token: one or more of the characters that names may hold (RFC 9110, 5.6.2). */
    public static boolean isToken(String text) {
        return !text.isEmpty() && text.chars().allMatch(Headers::isTokenChar);
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static void check(String name, String value) {
        if (!isToken(name)) {
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

    /** Returns whether {@code other} has the same values for the same names, whatever the order of the names. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Headers headers && fields.equals(headers.fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    @Override
    public String toString() {
        return fields.toString();
    }

    /** Gathers header fields. Belongs to one thread. */
    public static final class Builder {
        private final Map<String, List<String>> gathered = new LinkedHashMap<>();

        private Builder() {}

        /**
         * Adds a field after the values that the name already has.
         *
         * @throws IllegalArgumentException if {@code name} is not a token or {@code value} holds CR, LF or NUL
         */
        public Builder add(String name, String value) {
            check(name, value);
            gathered.computeIfAbsent(key(name), unused -> new ArrayList<>(1)).add(value);
            return this;
        }

        /** Returns the fields gathered so far. */
        public Headers build() {
            Map<String, List<String>> fields = new LinkedHashMap<>();
            gathered.forEach((name, values) -> fields.put(name, List.copyOf(values)));
            return fields.isEmpty() ? EMPTY : new Headers(fields);
        }
    }
}
