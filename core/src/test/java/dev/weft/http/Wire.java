package dev.weft.http;

import dev.weft.Headers;
import dev.weft.HttpRequest;
import dev.weft.bytes.Bytes;
import dev.weft.net.ByteInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.Assertions;

/** Bytes as a peer sends them, whole or in segments. */
final class Wire {
    static final HttpLimits LIMITS = new HttpLimits(8 * 1024, 16 * 1024, 100);
    static final InetSocketAddress PEER = InetSocketAddress.createUnresolved("peer", 4711);
    static final BodyStart UNASKED = () -> Assertions.fail("100 Continue was not asked for");

    private Wire() {}

    static HttpReader reader(String wire) {
        return reader(new ByteArrayInputStream(latin1(wire)), LIMITS);
    }

    static HttpReader reader(String wire, HttpLimits limits) {
        return reader(new ByteArrayInputStream(latin1(wire)), limits);
    }

    static HttpReader reader(InputStream in, HttpLimits limits) {
        return new HttpReader(new ByteInput(in), limits, PEER, false);
    }

    static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The status of the refusal of {@code wire}, head or body; 0 if it is a whole request. */
    static int refusal(String wire) throws IOException {
        return refusal(reader(wire), 1000);
    }

    static int refusal(HttpReader reader, int maxBody) throws IOException {
        try {
            reader.readBody(reader.readHead(), maxBody, () -> {});
            return 0;
        } catch (BadRequestException e) {
            return e.status();
        }
    }

    /** A stream that gives from one to {@code most} bytes a read. */
    static InputStream segments(byte[] bytes, Random random, int most) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, 1 + random.nextInt(most)));
            }
        };
    }

    static HttpRequest request(String method, String path, String... headers) {
        Headers fields = Headers.of(headers);
        return new HttpRequest(method, path, path, Map.of(), fields, Bytes.EMPTY, PEER, false);
    }

    /** The request that a client gets through the reader, or the status of its refusal. */
    static HttpRequest parsed(String target, String... headers) throws IOException, BadRequestException {
        StringBuilder wire = new StringBuilder("GET " + target + " HTTP/1.1\r\nHost: weft.test\r\n");
        for (String header : List.of(headers)) {
            wire.append(header).append("\r\n");
        }
        return reader(wire.append("\r\n").toString()).readHead().request();
    }
}
