package dev.weft.net;

import dev.weft.fuzz.Expect;
import dev.weft.fuzz.Pieces;
import dev.weft.fuzz.Recipe;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * PROXY protocol headers. The first byte chooses: the bytes as they are, or a header of version 2 that a recipe makes. What
 * follows the header is left alone.
 */
public final class ProxyHeaderTarget {
    private static final byte[] SIGNATURE = {13, 10, 13, 10, 0, 13, 10, 'Q', 'U', 'I', 'T', 10};
    private static final int LONGEST = 16 + 65_535;

    private ProxyHeaderTarget() {}

    /** Takes an input. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        Recipe recipe = new Recipe(input);
        boolean made = recipe.next() % 2 == 1;
        byte[] wire = made ? version2(recipe) : recipe.rest();
        Expect.same("the same bytes in pieces", read(Pieces.whole(wire), wire), read(Pieces.of(wire), wire));
    }

    private static String read(Pieces in, byte[] wire) throws IOException {
        try {
            InetSocketAddress client = ProxyHeader.read(in);
            byte[] rest = in.readAllBytes();
            int used = wire.length - rest.length;
            Expect.that(used <= LONGEST, "a header is bounded");
            if (wire[0] == 'P') {
                Expect.that(used <= 107, "a line is bounded");
                Expect.that(wire[used - 2] == '\r' && wire[used - 1] == '\n', "exactly the line is taken");
            } else {
                Expect.same("length of the header", 16 + ((wire[14] & 0xff) << 8 | (wire[15] & 0xff)), used);
            }
            again(client);
            return client + " " + used;
        } catch (MalformedProxyHeaderException e) {
            return "malformed";
        } catch (EOFException e) {
            return "cut";
        }
    }

    /** A header with this client means this client. */
    private static void again(@Nullable InetSocketAddress client) throws IOException {
        if (client == null) {
            return;
        }
        InetAddress address = client.getAddress();
        String protocol = address.getAddress().length == 4 ? "TCP4" : "TCP6";
        String text = address.getHostAddress();
        String line = "PROXY " + protocol + " " + text + " " + text + " " + client.getPort() + " 80\r\n";
        Expect.same("written again", client, ProxyHeader.read(Pieces.whole(line.getBytes(StandardCharsets.US_ASCII))));
    }

    private static byte[] version2(Recipe recipe) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] signature = SIGNATURE.clone();
        if (recipe.chance(16)) {
            signature[recipe.below(signature.length)] ^= 1;
        }
        out.writeBytes(signature);
        out.write(recipe.chance(8) ? recipe.next() : recipe.of(0x21, 0x20));
        out.write(recipe.chance(8) ? recipe.next() : recipe.of(0x11, 0x21, 0x31, 0x00));
        byte[] body = recipe.bytes(300);
        int length = recipe.chance(8) ? recipe.below(65_536) : body.length;
        out.write(length >> Byte.SIZE);
        out.write(length);
        out.writeBytes(body);
        out.writeBytes(recipe.rest());
        return out.toByteArray();
    }
}
