package dev.weft.ws;

import dev.weft.Headers;
import dev.weft.HttpRequest;
import dev.weft.bytes.Bytes;
import dev.weft.fuzz.Expect;
import dev.weft.fuzz.Recipe;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The opening handshake: a recipe for its header fields. */
public final class HandshakeTarget {
    private static final InetSocketAddress PEER = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
    private static final List<String> SPOKEN = List.of("chat", "superchat");
    private static final String[] NAMES = {
        "Host",
        "Upgrade",
        "Connection",
        "Sec-WebSocket-Key",
        "Sec-WebSocket-Version",
        "Sec-WebSocket-Protocol",
        "Sec-WebSocket-Extensions",
        "Content-Length",
        "Transfer-Encoding"
    };
    private static final String[] USUAL = {
        "h", "websocket", "Upgrade", KEY, "13", "chat", "permessage-deflate", "0", "chunked"
    };

    private HandshakeTarget() {}

    /** Takes an input. */
    public static void fuzzerTestOneInput(byte[] input) {
        Recipe recipe = new Recipe(input);
        List<String> fields = new ArrayList<>();
        int usual = recipe.next();
        for (int i = 0; i < 5; i++) {
            if ((usual >> i & 1) == 0) {
                fields.addAll(List.of(NAMES[i], USUAL[i]));
            }
        }
        while (recipe.more()) {
            int at = recipe.below(NAMES.length);
            fields.addAll(List.of(NAMES[at], recipe.chance(2) ? USUAL[at] : recipe.text(80)));
        }
        Headers headers;
        try {
            headers = Headers.of(fields.toArray(String[]::new));
        } catch (IllegalArgumentException notAField) {
            return;
        }
        answer(new HttpRequest("GET", "/", "/", Map.of(), headers, Bytes.EMPTY, PEER, false));
    }

    private static void answer(HttpRequest request) {
        switch (OpeningHandshake.accept(request, SPOKEN)) {
            case OpeningHandshake.Accepted accepted -> accepted(request, accepted);
            case OpeningHandshake.Refused refused -> {
                Expect.that(Set.of(400, 426).contains(refused.response().status()), "400 or 426");
                String told = refused.response().body().utf8();
                Expect.that(told.chars().allMatch(c -> c >= ' ' && c < 0x7f), "plain text");
            }
        }
    }

    private static void accepted(HttpRequest request, OpeningHandshake.Accepted accepted) {
        String head = accepted.response().utf8();
        Expect.that(OpeningHandshake.isUpgrade(request), "an upgrade");
        Expect.that(head.startsWith("HTTP/1.1 101 ") && head.endsWith("\r\n\r\n"), "a head of a response");
        Expect.that(head.indexOf("\r\n\r\n") == head.length() - 4, "one head");
        Expect.same("versions", List.of("13"), request.headers().all("Sec-WebSocket-Version"));
        String key = String.valueOf(request.header("Sec-WebSocket-Key"));
        Expect.same(
                "bytes of the key", 16, Base64.getDecoder().decode(key.getBytes(StandardCharsets.ISO_8859_1)).length);
        String subprotocol = accepted.subprotocol();
        Expect.that(subprotocol == null || SPOKEN.contains(subprotocol), "a subprotocol that is spoken");
        if (subprotocol != null) {
            Expect.that(
                    String.join(",", request.headers().all("Sec-WebSocket-Protocol"))
                            .contains(subprotocol),
                    "offered");
        }
    }
}
