package dev.weft.http;

import dev.weft.Headers;
import dev.weft.HttpRequest;
import dev.weft.net.AddressRanges;
import dev.weft.net.IpLiteral;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds the client behind trusted proxies: X-Forwarded-For, -Proto and -Host count only if the peer is such a proxy. From
 * the right, every address that a trusted proxy added is believed, up to the first one that is no trusted proxy itself.
 * The standard's Forwarded (RFC 7239) is not read: proxies that set one of the two pass the other on as the client made it
 * up. Linear in the size of the header fields. Immutable.
 */
public final class Forwarding {
    private static final String FOR = "X-Forwarded-For";
    private static final String PROTO = "X-Forwarded-Proto";
    private static final String HOST = "X-Forwarded-Host";

    private final AddressRanges trusted;

    /** Creates a forwarding that believes the proxies at addresses in {@code trusted}. */
    public Forwarding(AddressRanges trusted) {
        this.trusted = trusted;
    }

    /** Returns {@code request} as the client sent it to the first proxy; the same one if its peer is not trusted. */
    public HttpRequest resolve(HttpRequest request) {
        if (!trusted.contains(request.remoteAddress().getAddress())) {
            return request;
        }
        Headers headers = request.headers();
        Walk walk = walk(request.remoteAddress(), new FromRight(headers.all(FOR)));
        String proto = at(walk.hops(), headers.all(PROTO));
        String host = at(walk.hops(), headers.all(HOST));
        Headers shown = host != null && Authority.parse(host) != null ? FieldReader.withHost(headers, host) : headers;
        return new HttpRequest(
                request.method(),
                request.target(),
                request.path(),
                request.query(),
                shown,
                request.body(),
                walk.client(),
                secure(proto, request.secure()));
    }

    /**
     * Where the client is.
     *
     * @param hops how many proxies that added an address stand between it and this server's peer
     */
    private record Walk(InetSocketAddress client, int hops) {}

    private Walk walk(InetSocketAddress peer, FromRight entries) {
        InetSocketAddress client = peer;
        int hops = 0;
        for (String entry = entries.next(); entry != null; entry = entries.next()) {
            InetSocketAddress next = address(entry);
            if (next == null) {
                break; // made up, or nothing that can be counted: the last one known is it
            }
            client = next;
            if (!trusted.contains(next.getAddress())) {
                return new Walk(client, hops);
            }
            hops++;
        }
        return new Walk(client, Math.max(0, hops - 1));
    }

    /** Returns the value that the proxy {@code hops} before the last one added, or the first one; null if there is none. */
    private static @Nullable String at(int hops, List<String> fields) {
        FromRight values = new FromRight(fields);
        String value = values.next();
        for (int i = 0; i < hops && value != null; i++) {
            String earlier = values.next();
            if (earlier == null) {
                return value;
            }
            value = earlier;
        }
        return value;
    }

    private static boolean secure(@Nullable String proto, boolean otherwise) {
        if (proto == null) {
            return otherwise;
        }
        return switch (proto.toLowerCase(Locale.ROOT)) {
            case "https", "wss" -> true;
            case "http", "ws" -> false;
            default -> otherwise;
        };
    }

    /** Reads an address with or without a port, an IPv6 address with or without brackets; null if it is none. */
    private static @Nullable InetSocketAddress address(String entry) {
        int bracket = entry.startsWith("[") ? entry.indexOf(']') : -1;
        boolean bare = bracket < 0 && entry.indexOf(':') != entry.lastIndexOf(':');
        int colon = bare ? -1 : entry.indexOf(':', Math.max(0, bracket));
        String host = colon < 0 ? entry : entry.substring(0, colon);
        int port = colon < 0 ? 0 : port(entry.substring(colon + 1));
        boolean bracketed = bracket >= 0;
        if (port < 0 || (bracketed && bracket != host.length() - 1)) {
            return null;
        }
        String literal = bracketed ? host.substring(1, bracket) : host;
        if (bracketed && literal.indexOf(':') < 0) {
            return null; // only IPv6 addresses stand in brackets
        }
        InetAddress address = IpLiteral.parse(literal);
        return address == null ? null : new InetSocketAddress(address, port);
    }

    private static int port(String digits) {
        boolean number =
                !digits.isEmpty() && digits.length() <= 5 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        int port = number ? Integer.parseInt(digits) : -1;
        return port <= 65_535 ? port : -1;
    }

    /** The elements of a comma-separated list, which several fields may make together (RFC 9110, section 5.3), from its end. */
    private static final class FromRight {
        private final List<String> fields;
        private int field;
        private int end;

        FromRight(List<String> fields) {
            this.fields = fields;
            field = fields.size();
            end = -1;
        }

        @Nullable
        String next() {
            if (end < 0) {
                if (field == 0) {
                    return null;
                }
                end = fields.get(--field).length();
            }
            String value = fields.get(field);
            int comma = value.lastIndexOf(',', end - 1);
            String element = value.substring(comma + 1, end).strip();
            end = comma;
            return element;
        }
    }
}
