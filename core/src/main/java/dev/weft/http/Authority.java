package dev.weft.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A host and a port, as in a Host field, an absolute target or an origin (RFC 3986, section 3.2).
 *
 * @param host the host in lower case; an IPv6 address keeps its brackets
 * @param port the port, or -1 if none was given
 */
record Authority(String host, int port) {
    private static final int MAX_PORT = 65_535;

    /** Returns the authority that {@code text} spells, or null if it spells none. User information is not allowed. */
    static @Nullable Authority parse(String text) {
        int end = text.startsWith("[") ? text.indexOf(']') + 1 : text.indexOf(':');
        int hostEnd = end < 0 ? text.length() : end;
        String host = text.substring(0, hostEnd);
        String rest = text.substring(hostEnd);
        if (!isHost(host) || !(rest.isEmpty() || rest.startsWith(":"))) {
            return null;
        }
        int port = rest.length() <= 1 ? -1 : port(rest.substring(1));
        return port > MAX_PORT ? null : new Authority(host.toLowerCase(Locale.ROOT), port);
    }

    /** Returns the port, or {@code otherwise} if none was given. */
    int portOr(int otherwise) {
        return port < 0 ? otherwise : port;
    }

    private static boolean isHost(String host) {
        if (host.startsWith("[")) {
            return host.length() > 2
                    && host.chars().skip(1).limit(host.length() - 2L).allMatch(Authority::isIpChar);
        }
        return !host.isEmpty() && host.chars().allMatch(Authority::isNameChar);
    }

    private static boolean isIpChar(int c) {
        return Character.digit(c, 16) >= 0 || c == ':' || c == '.';
    }

    private static boolean isNameChar(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || "-._~%!$&'()*+,;=".indexOf(c) >= 0;
    }

    private static int port(String digits) {
        boolean wellFormed = digits.length() <= 5 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return wellFormed ? Integer.parseInt(digits) : Integer.MAX_VALUE;
    }
}
