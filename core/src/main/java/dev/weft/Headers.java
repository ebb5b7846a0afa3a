package dev.weft;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Immutable header fields: names in any case, several values a name, values free of CR, LF and NUL. Safe to share between
 * threads.
 */
public final class Headers {
    /** No header fields. */
    public static final Headers EMPTY = new Headers(List.of());

    /** What most requests carry: every connection keeps its fields, but these names only once. */
    private static final Map<String, String> COMMON_NAMES = Stream.of(
                    "accept",
                    "accept-encoding",
                    "accept-language",
                    "cache-control",
                    "connection",
                    "content-length",
                    "content-type",
                    "cookie",
                    "date",
                    "host",
                    "origin",
                    "pragma",
                    "sec-websocket-extensions",
                    "sec-websocket-key",
                    "sec-websocket-protocol",
                    "sec-websocket-version",
                    "upgrade",
                    "user-agent")
            .collect(Collectors.toUnmodifiableMap(name -> name, name -> name));

    /** Names in lower case and values in turn, as they came: a list is small, and short enough to be searched. */
    private final List<String> fields;

    private Headers(List<String> fields) {
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
        Builder builder = builder();
        builder.gathered.addAll(fields);
        return builder.add(name, value).build();
    }

    /** Returns the first value of {@code name}, or null. */
    public @Nullable String first(String name) {
        for (int i = 0; i < fields.size(); i += 2) {
            if (fields.get(i).equalsIgnoreCase(name)) {
                return fields.get(i + 1);
            }
        }
        return null;
    }

    /** Returns all values of {@code name} in order; empty if there are none. Takes time linear in the fields. */
    public List<String> all(String name) {
        List<String> values = new ArrayList<>(1);
        for (int i = 0; i < fields.size(); i += 2) {
            if (fields.get(i).equalsIgnoreCase(name)) {
                values.add(fields.get(i + 1));
            }
        }
        return Collections.unmodifiableList(values);
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
        Map<String, List<String>> map = new LinkedHashMap<>();
        for (int i = 0; i < fields.size(); i += 2) {
            map.computeIfAbsent(fields.get(i), name -> new ArrayList<>(1)).add(fields.get(i + 1));
        }
        map.replaceAll((name, values) -> Collections.unmodifiableList(values));
        return Collections.unmodifiableMap(map);
    }

    /** Returns whether {@code text} is a token: one or more of the characters that names may hold (RFC 9110, 5.6.2). */
    public static boolean isToken(String text) {
        return !text.isEmpty() && text.chars().allMatch(Headers::isTokenChar);
    }

    private static String key(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return COMMON_NAMES.getOrDefault(lower, lower);
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
        return other instanceof Headers headers && asMap().equals(headers.asMap());
    }

    @Override
    public int hashCode() {
        return asMap().hashCode();
    }

    @Override
    public String toString() {
        return asMap().toString();
    }

    /** Gathers header fields. Belongs to one thread. */
    public static final class Builder {
        private final List<String> gathered = new ArrayList<>();

        private Builder() {}

        /**
         * Adds a field after the values that the name already has.
         *
         * @throws IllegalArgumentException if {@code name} is not a token or {@code value} holds CR, LF or NUL
         */
        public Builder add(String name, String value) {
            check(name, value);
            gathered.add(key(name));
            gathered.add(value);
            return this;
        }

        /** Returns the fields gathered so far. */
        public Headers build() {
            return gathered.isEmpty() ? EMPTY : new Headers(List.copyOf(gathered));
        }
    }
}
