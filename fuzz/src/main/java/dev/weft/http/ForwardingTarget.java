package dev.weft.http;

import dev.weft.Headers;
import dev.weft.HttpRequest;
import dev.weft.bytes.Bytes;
import dev.weft.fuzz.Expect;
import dev.weft.fuzz.Recipe;
import dev.weft.net.AddressRanges;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What proxies tell about a client: header fields from a recipe, one a line. */
public final class ForwardingTarget {
    private static final InetSocketAddress PROXY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    private static final AddressRanges RANGES = AddressRanges.of(List.of("127.0.0.0/8", "::1/128", "10.0.0.0/8"));
    private static final Forwarding TRUSTING = new Forwarding(RANGES);
    private static final Forwarding WARY = new Forwarding(AddressRanges.NONE);
    private static final String[] NAMES = {"X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host"};

    private ForwardingTarget() {}

    /** Takes an input. */
    public static void fuzzerTestOneInput(byte[] input) {
        Recipe recipe = new Recipe(input);
        List<String> fields = new ArrayList<>(List.of("Host", "own.example"));
        int names = recipe.next();
        String[] values = new String(recipe.rest(), StandardCharsets.ISO_8859_1).split("\n", 8);
        for (String value : values) {
            fields.addAll(List.of(NAMES[names % 3], value));
            names /= 3;
        }
        Headers headers;
        try {
            headers = Headers.of(fields.toArray(String[]::new));
        } catch (IllegalArgumentException notAField) {
            return;
        }
        HttpRequest request = new HttpRequest("GET", "/", "/", Map.of(), headers, Bytes.EMPTY, PROXY, false);
        Expect.same("what nobody trusted says", request, WARY.resolve(request));
        resolved(request, TRUSTING.resolve(request));
    }

    private static void resolved(HttpRequest request, HttpRequest resolved) {
        InetSocketAddress client = resolved.remoteAddress();
        Expect.that(!client.isUnresolved(), "an address, not a name");
        String told = String.join(",", request.headers().all("X-Forwarded-For"));
        Expect.that(client.equals(PROXY) || !told.isEmpty(), "a client that somebody told of");
        String host = resolved.header("Host");
        Expect.that(host != null && Authority.parse(host) != null, "one valid host");
        Expect.same("hosts", 1, resolved.headers().all("Host").size());
        Expect.same("untrusted peers say nothing more", resolved, again(resolved));
    }

    /** Once the client is known, a second look changes nothing unless it is a proxy itself. */
    private static HttpRequest again(HttpRequest resolved) {
        return RANGES.contains(resolved.remoteAddress().getAddress()) ? resolved : TRUSTING.resolve(resolved);
    }
}
