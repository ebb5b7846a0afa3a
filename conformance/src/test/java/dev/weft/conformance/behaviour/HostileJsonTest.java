package dev.weft.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.faults.Await;
import dev.weft.faults.LeakLedger;
import dev.weft.faults.Peer;
import dev.weft.faults.Servers;
import dev.weft.server.Options;
import dev.weft.server.Weft;
import java.io.IOException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** JSON that is made to exhaust its reader, through everything by which a packet's payload is read. */
@Timeout(60)
@ExtendWith(LeakLedger.class)
class HostileJsonTest {
    private static final int DEEP = 100_000;
    private static final int LONG = 1_000_000;
    private static final int MANY = Boolean.getBoolean("weft.long") ? 1_000_000 : 100_000;
    private static final Options OPTIONS = Options.defaults().maxPayload(32 * 1024 * 1024);

    /** A second each on an idle machine; tests run on busy ones. */
    private static final Duration SOON = Duration.ofSeconds(Boolean.getBoolean("weft.long") ? 15 : 5);

    private static final Queue<Throwable> FAILURES = new ConcurrentLinkedQueue<>();

    private static Weft server;

    @BeforeAll
    static void start() {
        server = start(OPTIONS);
    }

    @AfterAll
    static void stop() {
        Servers.awaitEmpty(server);
        assertThat(server.stats().handlerFailures()).isZero();
        assertThat(FAILURES).allSatisfy(failure -> assertThat(failure).isNotInstanceOf(Error.class));
        server.close();
    }

    private static Weft start(Options options) {
        return Servers.builder(options)
                .handlers(JsonHandlers.class)
                .namespace(
                        "/",
                        namespace -> namespace.onConnect(socket -> {
                            socket.on(
                                    "any",
                                    event -> event.reply(event.arguments().get(0) == null ? 0 : 1));
                            socket.on(
                                    "json",
                                    event -> event.reply(event.arguments()
                                            .get(0, JsonNode.class)
                                            .size()));
                            socket.on(
                                    "echo",
                                    event -> event.reply(event.arguments().get(0)));
                        }))
                .onError((socket, event, failure) -> FAILURES.add(failure))
                .start();
    }

    /** Where the payload goes; {@code %s} is its place. */
    private enum Entry {
        RECORD("42/json,1[\"record\",%s]", "43/json,1["),
        MAP("42/json,1[\"map\",%s]", "43/json,1["),
        TREE("42/json,1[\"tree\",%s]", "43/json,1["),
        ANY("421[\"any\",%s]", "431["),
        JSON("421[\"json\",%s]", "431["),
        ACKNOWLEDGEMENT("4399[%s]", ""),
        NOBODY_LISTENS("42[\"unknown\",%s]", ""),
        AUTH("40/json,%s", "40/json,{\"sid\"");

        private final String packet;
        private final String answer;

        Entry(String packet, String answer) {
            this.packet = packet;
            this.answer = answer;
        }
    }

    private enum Payload {
        DEEP_ARRAYS(true) {
            @Override
            String json() {
                return "{\"children\":" + "[".repeat(DEEP) + "]".repeat(DEEP) + "}";
            }
        },
        DEEP_OBJECTS(true) {
            @Override
            String json() {
                return "{\"a\":".repeat(DEEP) + "1" + "}".repeat(DEEP);
            }
        },
        UNENDED_ARRAYS(true) {
            @Override
            String json() {
                return "{\"children\":" + "[".repeat(DEEP);
            }
        },
        LONG_NUMBER(true) {
            @Override
            String json() {
                return "{\"n\":" + "9".repeat(LONG) + "}";
            }
        },
        LONG_FRACTION(true) {
            @Override
            String json() {
                return "{\"n\":0." + "9".repeat(LONG) + "}";
            }
        },
        LONG_NAME(true) {
            @Override
            String json() {
                return "{\"" + "n".repeat(LONG) + "\":1}";
            }
        },
        MANY_MEMBERS(false) {
            @Override
            String json() {
                StringBuilder json = new StringBuilder("{\"name\":\"x\"");
                for (int i = 0; i < MANY; i++) {
                    json.append(",\"k").append(i).append("\":").append(i);
                }
                return json.append('}').toString();
            }
        },
        DUPLICATE_MEMBERS(false) {
            @Override
            String json() {
                return "{\"name\":\"x\"" + ",\"name\":\"y\"".repeat(MANY) + "}";
            }
        };

        private final boolean refused;

        Payload(boolean refused) {
            this.refused = refused;
        }

        abstract String json();
    }

    static Stream<Arguments> everywhere() {
        return Stream.of(Payload.values())
                .flatMap(payload -> Stream.of(Entry.values())
                        .flatMap(entry -> Stream.of(Peer.Via.values()).map(via -> Arguments.of(payload, entry, via))));
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void isRefusedOrReadSoonAndCostsNobodyElseAnything(Payload payload, Entry entry, Peer.Via via) throws IOException {
        try (Peer other = Peer.Via.WEBSOCKET.connect(server.port());
                Peer peer = connected(via, entry)) {
            long start = System.nanoTime();
            trySend(peer, entry.packet.replace("%s", payload.json()));
            if (payload.refused) {
                Await.until("the end of the connection", SOON, peer::hasEnded);
            } else if (entry.answer.isEmpty()) {
                trySend(peer, "429[\"echo\",1]");
                assertThat(peer.next(SOON)).isEqualTo("439[1]");
            } else {
                assertThat(peer.next(SOON)).startsWith(entry.answer);
            }
            long millis = (System.nanoTime() - start) / 1_000_000;
            System.out.printf("%s to %s over %s: %,d ms%n", payload, entry, via, millis);
            other.send("422[\"echo\",2]");
            assertThat(other.next()).isEqualTo("432[2]");
        }
    }

    private static Peer connected(Peer.Via via, Entry entry) throws IOException {
        Peer peer = via.connect(server.port());
        if (entry.packet.startsWith("42/json")) {
            peer.send("40/json,{}");
            assertThat(peer.next()).startsWith("40/json,{");
        }
        return peer;
    }

    /** The server may end a connection that still sends. */
    private static void trySend(Peer peer, String packet) {
        try {
            peer.send(packet);
        } catch (IOException ended) {
            // What the server did is seen on the other side.
        }
    }

    @Test
    void maxJsonDepthCountsArraysAndObjectsOfAPacket() throws IOException {
        try (Weft shallow = start(OPTIONS.maxJsonDepth(3))) {
            try (Peer peer = Peer.Via.WEBSOCKET.connect(shallow.port())) {
                peer.send("421[\"echo\",[{\"a\":1}]]");
                assertThat(peer.next()).isEqualTo("431[[{\"a\":1}]]");
                peer.send("422[\"echo\",[{\"a\":[]}]]");
                peer.awaitEnd();
            }
            Servers.awaitEmpty(shallow);
        }
    }

    @Test
    void theDeepestThatAnOptionAllowsIsReadByEveryone() throws IOException {
        int most = 500;
        String arrays = "[".repeat(most - 2) + "]".repeat(most - 2);
        String records = "{\"children\":[".repeat(most / 2 - 1) + "]}".repeat(most / 2 - 1);
        try (Weft deep = start(OPTIONS.maxJsonDepth(most))) {
            try (Peer peer = Peer.Via.WEBSOCKET.connect(deep.port())) {
                peer.send("421[\"echo\"," + arrays + "]", "422[\"json\"," + arrays + "]");
                assertThat(peer.next()).isEqualTo("431[" + arrays + "]");
                assertThat(peer.next()).isEqualTo("432[1]");
                peer.send("40/json,{\"a\":" + arrays + "}");
                assertThat(peer.next()).startsWith("40/json,{");
                peer.send("42/json,3[\"record\"," + records + "]");
                assertThat(peer.next()).isEqualTo("43/json,3[\"null\"]");
            }
            Servers.awaitEmpty(deep);
            assertThat(deep.stats().handlerFailures()).isZero();
        }
    }
}
