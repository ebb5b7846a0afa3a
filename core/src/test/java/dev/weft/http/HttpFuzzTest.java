package dev.weft.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.bytes.Bytes;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mutated requests, reproducible by seed: nothing but a refusal or the end of the stream ever comes out. */
class HttpFuzzTest {
    private static final int ROUNDS = 20_000;
    private static final HttpLimits LIMITS = new HttpLimits(300, 600, 12);
    private static final int MAX_BODY = 200;

    private static final List<String> SEEDS = List.of(
            "GET /a%20b?c=%41&d=+ HTTP/1.1\r\nHost: weft.test:8080\r\nConnection: keep-alive, Upgrade\r\n\r\n",
            "POST http://[::1]:80/x HTTP/1.1\r\nHost: b\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\nhello",
            "POST / HTTP/1.1\r\n"
                    + "Host: b\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n"
                    + "5;x=y\r\n"
                    + "hello\r\n"
                    + "A\r\n"
                    + "0123456789\r\n"
                    + "0\r\n"
                    + "T: r\r\n\r\n",
            "OPTIONS * HTTP/1.0\r\nConnection: keep-alive\r\nOrigin: http://b\r\n\r\n");

    private static final List<String> SPLICES = List.of(
            "\r\n",
            "\n",
            "\r",
            "\0",
            " ",
            "\t",
            ":",
            "%",
            "%00",
            "%ff",
            "/..",
            "\r\n\r\n",
            "\r\n ",
            "Content-Length: -1\r\n",
            "Transfer-Encoding: chunked\r\n",
            "ffffffffffffffff\r\n",
            "HTTP/1.1",
            "[",
            "]",
            "://",
            "?",
            ",",
            "\u00ff",
            "Host: x\r\n");

    @ParameterizedTest
    @ValueSource(longs = {1, 42, 20_260_101})
    void onlyRefusalsAndTheEndOfTheStreamComeOut(long seed) throws IOException {
        Random random = new Random(seed);
        int whole = 0;
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String wire = mutated(random);
            HttpReader reader = Wire.reader(Wire.segments(Wire.latin1(wire), random, 50), LIMITS);
            try {
                whole += readAll(reader);
            } catch (BadRequestException e) {
                refused++;
                assertThat(e.status()).isIn(400, 413, 414, 417, 431, 501, 505);
                assertThat(HttpWriter.encode(e.response(), false, false).isEmpty())
                        .isFalse();
            } catch (EOFException e) {
                // The mutation cut the request short.
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ", round " + round + ": " + wire, e);
            }
        }
        assertThat(whole).as("requests that survived").isGreaterThan(ROUNDS / 20);
        assertThat(refused).as("requests that were refused").isGreaterThan(ROUNDS / 5);
    }

    private static int readAll(HttpReader reader) throws IOException, BadRequestException {
        int count = 0;
        for (RequestHead head = reader.readHead(); head != null; head = reader.readHead()) {
            Bytes body = reader.readBody(head, MAX_BODY, () -> {});
            assertThat(body.size()).isLessThanOrEqualTo(MAX_BODY);
            assertThat(head.request().path()).doesNotContain("\0").matches("(?s)[/*].*");
            OriginPolicy.SAME_ORIGIN.preflight(head.request());
            count++;
        }
        return count;
    }

    private static String mutated(Random random) {
        StringBuilder wire = new StringBuilder(SEEDS.get(random.nextInt(SEEDS.size())));
        if (random.nextBoolean()) {
            wire.append(SEEDS.get(random.nextInt(SEEDS.size())));
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(wire.length());
            switch (random.nextInt(4)) {
                case 0 -> wire.setCharAt(at, (char) random.nextInt(256));
                case 1 -> wire.insert(at, SPLICES.get(random.nextInt(SPLICES.size())));
                case 2 -> wire.delete(at, Math.min(wire.length(), at + 1 + random.nextInt(6)));
                default -> wire.insert(at, wire.substring(at, Math.min(wire.length(), at + random.nextInt(400))));
            }
            if (wire.isEmpty()) {
                wire.append('G');
            }
        }
        return wire.toString();
    }
}
