package dev.weft.http;

import dev.weft.fuzz.Recipe;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Requests as they should be, but for what the recipe spoils. */
public final class NearRequests {
    private static final String[] METHODS = {"GET", "POST", "OPTIONS", "get", "PUT", "G\tT", ""};
    private static final String[] TARGETS = {
        "/",
        "/a%20b?x=1&y=%ff",
        "*",
        "http://h:1/p?q",
        "https://[::1]",
        "/%",
        "/%00",
        "/%c3%a9",
        "/#",
        "//..//",
        "h:80",
        "http://"
    };
    private static final String[] VERSIONS = {"HTTP/1.1", "HTTP/1.0", "HTTP/2.0", "HTTP/1.10", "http/1.1", "HTTP/1.1 "};
    private static final String[] ENDS = {"\r\n", "\n", "\r", "\r\n ", "\r\r\n", ""};
    private static final String[] FIELDS = {
        "Host: a",
        "Host:a:80",
        "Host: [::1]:8",
        "Content-Length: ",
        "Transfer-Encoding: chunked",
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding: chunked, chunked",
        "Transfer-Encoding:\tChunked ",
        "Expect: 100-continue",
        "Expect: 200-ok",
        "Connection: close, keep-alive",
        "Connection: keep-alive",
        "A : b",
        ": b",
        " folded",
        "X: \u00e9\u00ff\t"
    };

    private NearRequests() {}

    /** Returns the bytes of a connection. */
    public static byte[] make(Recipe recipe) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        do {
            head(recipe, out);
            if (recipe.chance(2)) {
                chunks(recipe, out);
            } else {
                out.writeBytes(recipe.bytes(40));
            }
        } while (recipe.more() && out.size() < 4096);
        return out.toByteArray();
    }

    private static void head(Recipe recipe, ByteArrayOutputStream out) {
        String method = recipe.chance(3) ? recipe.of(METHODS) : "POST";
        String target = recipe.chance(3) ? recipe.of(TARGETS) + recipe.text(12) : "/p?a=b";
        String version = recipe.chance(6) ? recipe.of(VERSIONS) : "HTTP/1.1";
        line(recipe, out, method + " " + target + " " + version);
        line(recipe, out, "Host: h");
        for (int fields = recipe.below(6); fields > 0; fields--) {
            String field = recipe.of(FIELDS);
            line(
                    recipe,
                    out,
                    recipe.chance(3)
                            ? field + recipe.text(20)
                            : field.endsWith(": ") ? field + recipe.below(60) : field);
        }
        line(recipe, out, "");
    }

    private static void chunks(Recipe recipe, ByteArrayOutputStream out) {
        for (int chunks = recipe.below(5); chunks > 0; chunks--) {
            byte[] data = recipe.bytes(60);
            if (data.length > 0) {
                String size = Integer.toHexString(data.length + (recipe.chance(16) ? recipe.next() - 100 : 0));
                line(
                        recipe,
                        out,
                        (recipe.chance(8) ? "000" : "") + size + (recipe.chance(5) ? " ;" + recipe.text(9) : ""));
                out.writeBytes(data);
                line(recipe, out, "");
            }
        }
        line(recipe, out, recipe.chance(8) ? recipe.text(8) : "0");
        if (recipe.chance(4)) {
            line(recipe, out, recipe.of(FIELDS));
        }
        line(recipe, out, "");
    }

    private static void line(Recipe recipe, ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes((recipe.chance(24) ? recipe.of(ENDS) : "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }
}
