package dev.weft.http;

import dev.weft.HttpRequest;
import dev.weft.bytes.Bytes;
import dev.weft.fuzz.Expect;
import dev.weft.fuzz.Pieces;
import dev.weft.fuzz.Recipe;
import dev.weft.net.ByteInput;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * HTTP requests, head and body. An even first byte stands before the bytes of a connection, an odd one before a recipe for
 * requests that are nearly right.
 */
public final class RequestsTarget {
    private static final HttpLimits LIMITS = new HttpLimits(300, 600, 12);
    private static final HttpLimits LOOSE = new HttpLimits(1000, 2000, 30);
    private static final int MAX_BODY = 500;
    private static final InetSocketAddress PEER = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    private static final Set<Integer> STATUSES = Set.of(400, 413, 414, 417, 431, 501, 505);

    private RequestsTarget() {}

    /** Takes an input. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        if (input.length == 0) {
            return;
        }
        Recipe recipe = new Recipe(input);
        byte[] wire = recipe.next() % 2 == 0 ? recipe.rest() : NearRequests.make(recipe);
        List<String> outcome = read(Pieces.whole(wire), LIMITS, true);
        Expect.same("the same bytes in pieces", outcome, read(Pieces.of(wire), LIMITS, false));
    }

    /** Returns what became of the requests of one connection. */
    private static List<String> read(Pieces wire, HttpLimits limits, boolean again) throws IOException {
        List<String> outcomes = new ArrayList<>();
        HttpReader reader = new HttpReader(new ByteInput(wire), limits, PEER, false);
        try {
            for (RequestHead head; (head = reader.readHead()) != null; ) {
                Bytes body = reader.readBody(head, MAX_BODY, () -> outcomes.add("100"));
                HttpRequest request = head.request().withBody(body);
                check(head, request);
                outcomes.add(describe(head, request));
                if (again) {
                    byte[] canonical = canonical(head, request);
                    List<String> reread = read(Pieces.whole(canonical), LOOSE, false);
                    reread.remove("100");
                    Expect.same("a request written again", List.of(outcomes.getLast(), "end"), reread);
                }
            }
            outcomes.add("end");
        } catch (EOFException e) {
            outcomes.add("cut");
        } catch (BadRequestException e) {
            Expect.that(STATUSES.contains(e.status()), "a foreseen status, not " + e.status());
            outcomes.add(e.status() + " " + e.getMessage());
        }
        return outcomes;
    }

    private static void check(RequestHead head, HttpRequest request) {
        Expect.that(request.body().size() <= MAX_BODY, "the limit of the body holds");
        Expect.that(
                request.target().length() <= LIMITS.maxRequestLine() || !head.http11(), "the limit of the line holds");
        int fields =
                request.headers().asMap().values().stream().mapToInt(List::size).sum();
        Expect.that(fields <= LIMITS.maxHeaders() + 1 || fields <= LOOSE.maxHeaders(), "the limit of fields holds");
        request.headers().asMap().forEach((name, values) -> {
            Expect.that(dev.weft.Headers.isToken(name), "a name is a token");
            values.forEach(value -> Expect.that(
                    value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c != 0x7f)),
                    "a value has no control character"));
        });
        Expect.that(request.path().indexOf('\0') < 0, "a path has no NUL");
    }

    private static String describe(RequestHead head, HttpRequest request) {
        return request.method() + " " + request.target() + " " + request.path() + " " + request.query() + " "
                + head.http11()
                + " " + head.keepAlive() + " " + head.expectsContinue() + " "
                + request.headers().asMap() + " "
                + request.body().base64();
    }

    private static byte[] canonical(RequestHead head, HttpRequest request) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StringBuilder text = new StringBuilder(request.method() + " " + request.target())
                .append(head.http11() ? " HTTP/1.1\r\n" : " HTTP/1.0\r\n");
        request.headers()
                .asMap()
                .forEach((name, values) -> values.forEach(
                        value -> text.append(name).append(": ").append(value).append("\r\n")));
        out.writeBytes(text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        boolean chunked = head.contentLength() == RequestHead.CHUNKED;
        int size = request.body().size();
        if (chunked && size > 0) {
            out.writeBytes((Integer.toHexString(size) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        }
        out.writeBytes(request.body().toByteArray());
        if (chunked) {
            out.writeBytes(((size > 0 ? "\r\n" : "") + "0\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
        }
        return out.toByteArray();
    }
}
