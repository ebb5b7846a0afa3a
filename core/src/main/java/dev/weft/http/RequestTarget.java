package dev.weft.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks for (RFC 9112, section 3.2), in origin form or as {@code *}; the absolute form is reduced to it.
 *
 * @param text path and query as they came
 * @param path the path, percent-decoded once; dot segments and empty segments stay
 * @param query the query parameters, decoded, in the order of their first appearance
 * @param authority host and port of the absolute form, which count instead of the Host field; null in the other forms
 */
record RequestTarget(
        String text,
        String path,
        Map<String, List<String>> query,
        @Nullable String authority) {

    static RequestTarget parse(String method, String target) throws BadRequestException {
        if (!target.chars().allMatch(RequestTarget::isAllowed)) {
            throw new BadRequestException(400, "The request target holds a character that must be percent-encoded.");
        }
        if (target.startsWith("/")) {
            return origin(target, null);
        }
        if (target.equals("*") && method.equals("OPTIONS")) {
            return new RequestTarget(target, target, Map.of(), null);
        }
        return absolute(target);
    }

    /** Every visible ASCII character but the fragment's: browsers leave some unencoded that RFC 3986 would encode. */
    private static boolean isAllowed(int c) {
        return c > ' ' && c < 0x7f && c != '#';
    }

    private static RequestTarget origin(String target, @Nullable String authority) throws BadRequestException {
        int question = target.indexOf('?');
        String rawPath = question < 0 ? target : target.substring(0, question);
        String rawQuery = question < 0 ? "" : target.substring(question + 1);
        return new RequestTarget(target, UrlDecoder.path(rawPath), UrlDecoder.query(rawQuery), authority);
    }

    private static RequestTarget absolute(String target) throws BadRequestException {
        int colon = target.indexOf("://");
        String scheme = colon < 0 ? "" : target.substring(0, colon).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new BadRequestException(400, "The request target must start with a slash.");
        }
        int from = colon + "://".length();
        int to = from;
        while (to < target.length() && target.charAt(to) != '/' && target.charAt(to) != '?') {
            to++;
        }
        String authority = target.substring(from, to);
        if (Authority.parse(authority) == null) {
            throw new BadRequestException(400, "The request target names no valid host.");
        }
        String rest = target.substring(to);
        return origin(rest.startsWith("/") ? rest : "/" + rest, authority);
    }
}
