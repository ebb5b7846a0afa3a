package dev.weft.http;

import dev.weft.Headers;
import dev.weft.HttpRequest;
import dev.weft.HttpResponse;
import dev.weft.bytes.Bytes;
import dev.weft.fuzz.Expect;
import dev.weft.fuzz.Recipe;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What names something: request targets, hosts, origins, files. The first byte chooses. */
public final class AddressesTarget {
    private static final InetSocketAddress PEER = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    private static final OriginPolicy ORIGINS =
            new OriginPolicy(List.of("https://example.org", "http://localhost:5173", "null"), origin -> false);
    private static final Path ROOT = Path.of("/srv/files");

    private AddressesTarget() {}

    /** Takes an input. */
    public static void fuzzerTestOneInput(byte[] input) {
        Recipe recipe = new Recipe(input);
        int kind = recipe.below(5);
        String text = new String(recipe.rest(), StandardCharsets.ISO_8859_1);
        switch (kind) {
            case 0 -> target(text);
            case 1 -> query(text);
            case 2 -> authority(text);
            case 3 -> origin(text);
            default -> file(text);
        }
    }

    private static void target(String text) {
        try {
            RequestTarget target = RequestTarget.parse("GET", text);
            Expect.that(target.path().startsWith("/"), "a path starts with a slash");
            Expect.that(target.text().startsWith("/"), "an origin form starts with a slash");
            Expect.same("its origin form", target, withAuthority(RequestTarget.parse("GET", target.text()), target));
        } catch (BadRequestException e) {
            Expect.same("status", 400, e.status());
        }
    }

    private static RequestTarget withAuthority(RequestTarget target, RequestTarget other) {
        return new RequestTarget(target.text(), target.path(), target.query(), other.authority());
    }

    /** Compares with the decoder of the Java platform, where that takes everything. */
    private static void query(String text) {
        Map<String, List<String>> query = UrlDecoder.query(text);
        String[] pairs = text.split("&", -1);
        int values = query.values().stream().mapToInt(List::size).sum();
        Expect.same(
                "pairs",
                (int) List.of(pairs).stream().filter(pair -> !pair.isEmpty()).count(),
                values);
        boolean simple = text.chars().allMatch(c -> c < 0x80) && !text.isEmpty() && text.indexOf('&') < 0;
        String decoded = simple ? reference(text) : null;
        if (decoded != null && text.indexOf('=') < 0) {
            Expect.same("the decoded name", List.of(decoded), List.copyOf(query.keySet()));
        }
    }

    private static @Nullable String reference(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException broken) {
            return null;
        }
    }

    /** What is taken for an authority, a URI has too. */
    private static void authority(String text) {
        Authority authority = Authority.parse(text);
        if (authority == null) {
            return;
        }
        Expect.that(authority.port() >= -1 && authority.port() <= 65_535, "a port is in its range");
        String again = authority.host() + (authority.port() < 0 ? "" : ":" + authority.port());
        Expect.same("written again", authority, Authority.parse(again));
        Expect.that(
                text.chars().noneMatch(c -> c <= ' ' || c == '@' || c == '/' || c == '\\' || c > 0x7e),
                "no stranger in it");
    }

    private static void origin(String text) {
        int cut = text.indexOf('\n');
        String host = cut < 0 ? "example.net" : text.substring(cut + 1);
        String origin = cut < 0 ? text : text.substring(0, cut);
        Headers fields;
        try {
            fields = Headers.of(
                    "Host",
                    host,
                    "Origin",
                    origin,
                    "Access-Control-Request-Method",
                    "GET",
                    "Access-Control-Request-Headers",
                    origin);
        } catch (IllegalArgumentException notAField) {
            return;
        }
        HttpRequest request = new HttpRequest("OPTIONS", "/", "/", Map.of(), fields, Bytes.EMPTY, PEER, false);
        HttpResponse answer = ORIGINS.preflight(request);
        Expect.same("status", ORIGINS.allows(request) ? 204 : 403, answer.status());
        String allowed = answer.headers().first("Access-Control-Allow-Origin");
        Expect.that(allowed == null || allowed.equals(origin), "no other origin is allowed than the one that asks");
        if (allowed != null) {
            Expect.that(isOneOfOurs(origin), "an origin that is listed, not " + origin);
        }
        if (OriginPolicy.SAME_ORIGIN.allows(request)) {
            Expect.same("host of the same origin", hostOf("http://" + host), hostOf(origin));
        }
    }

    private static boolean isOneOfOurs(String origin) {
        return origin.equals("null")
                || origin.equalsIgnoreCase("https://example.org")
                || origin.toLowerCase(java.util.Locale.ROOT).startsWith("https://example.org:")
                || origin.equalsIgnoreCase("http://localhost:5173")
                || origin.matches("(?i)http://localhost:0*5173");
    }

    /** Returns the host as the Java platform reads it, or what stands there if it does not take it for a URI. */
    private static String hostOf(String origin) {
        try {
            String host = new URI(origin).getHost();
            if (host != null) {
                return host.toLowerCase(java.util.Locale.ROOT);
            }
        } catch (URISyntaxException e) {
            return rawHost(origin);
        }
        return rawHost(origin);
    }

    private static String rawHost(String origin) {
        String rest = origin.substring(origin.indexOf("://") + 3).toLowerCase(java.util.Locale.ROOT);
        int end = rest.startsWith("[") ? rest.indexOf(']') + 1 : rest.indexOf(':');
        return end < 0 ? rest : rest.substring(0, end);
    }

    /** No path leads out of the folder. */
    private static void file(String text) {
        String decoded;
        try {
            decoded = UrlDecoder.path("/" + text).substring(1);
        } catch (BadRequestException e) {
            return;
        }
        FilePath path = FilePath.parse(decoded);
        if (path != null) {
            Path file = ROOT.resolve(path.file());
            Expect.same("nothing to normalize", file, file.normalize());
            Expect.that(file.startsWith(ROOT) && !file.equals(ROOT), "the file is below the root");
            Expect.that(ROOT.resolve(path.index()).normalize().startsWith(ROOT), "the index is below the root");
        }
    }
}
