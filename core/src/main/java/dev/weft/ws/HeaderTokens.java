package dev.weft.ws;

import java.util.ArrayList;
import java.util.List;

/** Comma-separated lists of tokens in header fields (RFC 9110, sections 5.6.1 and 5.6.2), read in linear time. */
final class HeaderTokens {
    private HeaderTokens() {}

    /** Returns the elements of a list that may be spread over several fields, trimmed, without empty ones. */
    static List<String> split(List<String> fields) {
        List<String> elements = new ArrayList<>();
        for (String field : fields) {
            int from = 0;
            while (from <= field.length()) {
                int comma = field.indexOf(',', from);
                int to = comma < 0 ? field.length() : comma;
                String element = trim(field, from, to);
                if (!element.isEmpty()) {
                    elements.add(element);
                }
                from = to + 1;
            }
        }
        return elements;
    }

    /** Returns whether the list holds {@code token}, in any case. */
    static boolean contains(List<String> fields, String token) {
        return split(fields).stream().anyMatch(token::equalsIgnoreCase);
    }

    /** Returns whether {@code text} is a token. */
    static boolean isToken(String text) {
        return !text.isEmpty() && text.chars().allMatch(HeaderTokens::isTokenCharacter);
    }

    static boolean isTokenCharacter(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }

    private static String trim(String field, int from, int to) {
        int start = from;
        int end = to;
        while (start < end && isBlank(field.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(field.charAt(end - 1))) {
            end--;
        }
        return field.substring(start, end);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
