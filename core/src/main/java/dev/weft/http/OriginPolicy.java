package dev.weft.http;

import dev.weft.Headers;
import dev.weft.HttpRequest;
import dev.weft.HttpResponse;
import dev.weft.bytes.Bytes;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which browser pages may talk to this server (RFC 6454; the CORS protocol of the Fetch standard). Requests without an
 * Origin field do not come from pages and pass. Immutable; safe for use by many threads if its predicate is.
 */
public final class OriginPolicy {
    /** Admits pages of the server's own origin only; the default. */
    public static final OriginPolicy SAME_ORIGIN = new OriginPolicy(List.of(), origin -> false);

    private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";
    private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
    private static final String MAX_AGE_SECONDS = "600";

    private final Set<String> origins = new HashSet<>();
    private final Predicate<String> predicate;

    /**
     * Creates a policy that admits pages of the server's own origin and those of the given ones.
     *
     * @param origins origins such as {@code https://example.org} or {@code http://localhost:5173}; also {@code null}, the
     *     origin of sandboxed and local pages, which anybody can have
     * @param predicate asked about every other origin that is {@code null} or scheme, host and perhaps port, as the browser
     *     sent it; called on the threads of connections, and what it throws reaches the caller
     * @throws IllegalArgumentException if an origin has a path, a wildcard or no scheme: the message says what to write
     */
    public OriginPolicy(Collection<String> origins, Predicate<String> predicate) {
        for (String origin : origins) {
            this.origins.add(checked(origin));
        }
        this.predicate = predicate;
    }

    /** Returns whether {@code origin} is one or more visible ASCII characters, as every serialised origin is. */
    public static boolean wellFormed(String origin) {
        return !origin.isEmpty() && origin.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    /** Returns whether {@code request} is a preflight: a browser asks whether a page may send the real request. */
    public static boolean isPreflight(HttpRequest request) {
        return request.method().equals("OPTIONS")
                && request.header("Origin") != null
                && request.header("Access-Control-Request-Method") != null;
    }

    /** Returns whether {@code request} may be served: no Origin field, one of this server, or one that is admitted. */
    public boolean allows(HttpRequest request) {
        List<String> sent = request.headers().all("Origin");
        if (sent.isEmpty()) {
            return true;
        }
        String origin = sent.getFirst();
        return sent.size() == 1 && wellFormed(origin) && (isSameOrigin(origin, request) || isAdmitted(origin));
    }

    /**
     * Returns {@code response} with the fields that let the page read it, for requests of admitted foreign origins: that
     * origin (never a wildcard), credentials, {@code Vary}. Other responses, and those that already name an origin, stay
     * as they are.
     */
    public HttpResponse cors(HttpRequest request, HttpResponse response) {
        String origin = request.header("Origin");
        boolean foreign = origin != null && allows(request) && !isSameOrigin(origin, request);
        if (origin == null || !foreign || response.headers().first(ALLOW_ORIGIN) != null) {
            return response;
        }
        return response.with(ALLOW_ORIGIN, origin)
                .with("Access-Control-Allow-Credentials", "true")
                .with("Vary", "Origin");
    }

    /**
     * Answers a preflight: 204 with what is allowed, or 403 for origins that are not admitted. Asked-for request fields are
     * allowed if their names are tokens.
     */
    public HttpResponse preflight(HttpRequest request) {
        if (!allows(request)) {
            return HttpResponse.text(403, "This origin is not allowed.");
        }
        Headers.Builder fields = Headers.builder()
                .add("Access-Control-Allow-Methods", METHODS)
                .add("Access-Control-Max-Age", MAX_AGE_SECONDS);
        String asked = String.join(",", request.headers().all("Access-Control-Request-Headers"));
        if (isTokenList(asked)) {
            fields.add("Access-Control-Allow-Headers", asked);
        }
        return cors(request, new HttpResponse(204, fields.build(), Bytes.EMPTY));
    }

    private boolean isAdmitted(String origin) {
        String normalised = normalised(origin);
        return normalised != null && (origins.contains(normalised) || predicate.test(origin));
    }

    /**
     * On a plain port the scheme is left out: behind a proxy that ends TLS, pages of https origins reach it. On a TLS port it
     * counts: whoever is on the way can change the pages of http origins.
     */
    private static boolean isSameOrigin(String origin, HttpRequest request) {
        String scheme = scheme(origin);
        if (request.secure() && !scheme.equals("https")) {
            return false;
        }
        int defaultPort = defaultPort(scheme);
        Authority page = defaultPort < 0 ? null : authority(origin);
        String host = request.header("Host");
        Authority server = host == null ? null : Authority.parse(host);
        return page != null
                && server != null
                && page.host().equals(server.host())
                && page.portOr(defaultPort) == server.portOr(defaultPort);
    }

    private static boolean isTokenList(String list) {
        for (String name : list.split(",", -1)) {
            if (!Headers.isToken(name.strip())) {
                return false;
            }
        }
        return true;
    }

    private static String checked(String origin) {
        String normalised = wellFormed(origin) && origin.indexOf('*') < 0 ? normalised(origin) : null;
        if (normalised == null) {
            throw new IllegalArgumentException("expected an origin such as https://example.org or http://localhost:5173"
                    + " (no path, no wildcard; use a predicate for patterns) but was \"" + origin + "\"");
        }
        return normalised;
    }

    /** Returns {@code origin} in lower case and without its default port, or null if it is none. */
    private static @Nullable String normalised(String origin) {
        if (origin.equals("null")) {
            return origin;
        }
        String scheme = scheme(origin);
        Authority authority = scheme.isEmpty() ? null : authority(origin);
        if (authority == null) {
            return null;
        }
        int port = authority.port() == defaultPort(scheme) ? -1 : authority.port();
        return scheme + "://" + authority.host() + (port < 0 ? "" : ":" + port);
    }

    private static String scheme(String origin) {
        return origin.substring(0, Math.max(0, origin.indexOf("://"))).toLowerCase(Locale.ROOT);
    }

    private static @Nullable Authority authority(String origin) {
        return Authority.parse(origin.substring(origin.indexOf("://") + "://".length()));
    }

    private static int defaultPort(String scheme) {
        return switch (scheme) {
            case "http" -> 80;
            case "https" -> 443;
            default -> -1;
        };
    }
}
