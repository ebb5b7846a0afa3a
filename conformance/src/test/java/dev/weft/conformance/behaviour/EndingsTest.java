package dev.weft.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.DisconnectReason;
import dev.weft.Namespace;
import dev.weft.Refused;
import dev.weft.Socket;
import dev.weft.faults.Await;
import dev.weft.faults.Frame;
import dev.weft.faults.Peer;
import dev.weft.faults.PollingPeer;
import dev.weft.faults.PollingSession;
import dev.weft.faults.RawConnection;
import dev.weft.faults.RawHttp;
import dev.weft.faults.RawWebSocket;
import dev.weft.faults.Servers;
import dev.weft.faults.Vitals;
import dev.weft.server.Options;
import dev.weft.server.Weft;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every way in which a client can end: told once, after the last event, with the right reason; and nothing is left. */
@Timeout(180)
class EndingsTest {
    private static final int CYCLES = 200;
    private static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";

    /** What the handlers saw, by socket. */
    private static final Map<String, List<String>> SEEN = new ConcurrentHashMap<>();

    private static Weft server;

    @BeforeAll
    static void start() {
        Options options = Options.defaults()
                .pingInterval(Duration.ofMillis(500))
                .pingTimeout(Duration.ofMillis(1_500))
                .closeTimeout(Duration.ofSeconds(1))
                .handshakeTimeout(Duration.ofSeconds(2))
                .upgradeTimeout(Duration.ofSeconds(2))
                .maxPayload(10_000);
        server = Servers.start(options, EndingsTest::handlers);
    }

    @AfterAll
    static void stop() {
        Servers.awaitEmpty(server);
        server.close();
    }

    @BeforeEach
    void forget() {
        SEEN.clear();
    }

    private static void handlers(Namespace namespace) {
        namespace.use(EndingsTest::admit);
        namespace.onConnect(socket -> {
            see(socket, "connect");
            socket.join("room");
            socket.on("n", event -> see(socket, "event"));
            socket.on("leave-me", event -> socket.disconnect());
            socket.on("leave-all", event -> socket.disconnectAll());
            socket.on("cut", event -> socket.connection().close());
            socket.onDisconnect(
                    reason -> see(socket, reason + " in " + socket.rooms().size() + " rooms"));
            if (asks(socket, "kick")) {
                socket.disconnect();
            }
        });
    }

    private static void admit(Socket socket) throws Refused {
        socket.join("early");
        if (asks(socket, "refuse")) {
            throw new Refused("no");
        }
    }

    private static boolean asks(Socket socket, String wish) {
        return socket.handshake().auth().containsKey(wish);
    }

    private static void see(Socket socket, String what) {
        SEEN.computeIfAbsent(socket.id(), id -> new ArrayList<>()).add(what);
    }

    /** A way to end, with the reasons that the server may give; none if there was never a socket. */
    enum Ending {
        CLOSE_FRAME(DisconnectReason.TRANSPORT_CLOSE) {
            @Override
            void happen(int port) throws IOException {
                try (RawWebSocket client = joined(port)) {
                    client.send(Frame.close(1000, ""));
                    client.expectClose(1000);
                }
            }
        },
        FIN(DisconnectReason.TRANSPORT_CLOSE) {
            @Override
            void happen(int port) throws IOException {
                joined(port).close();
            }
        },
        RESET(DisconnectReason.TRANSPORT_CLOSE) {
            @Override
            void happen(int port) throws IOException {
                joined(port).raw().reset();
            }
        },
        POLLING_FIN(DisconnectReason.TRANSPORT_ERROR) {
            @Override
            void happen(int port) throws IOException {
                polling(port).close();
            }
        },
        POLLING_RESET(DisconnectReason.TRANSPORT_ERROR) {
            @Override
            void happen(int port) throws IOException {
                polling(port).reset();
            }
        },
        POLLING_CLOSE_PACKET(DisconnectReason.TRANSPORT_CLOSE) {
            @Override
            void happen(int port) throws IOException {
                try (Peer peer = polling(port)) {
                    peer.send("1");
                    peer.awaitEnd();
                }
            }
        },
        DISCONNECT_PACKET(DisconnectReason.CLIENT_NAMESPACE_DISCONNECT) {
            @Override
            void happen(int port) throws IOException {
                try (RawWebSocket client = joined(port)) {
                    client.send("41");
                }
            }
        },
        DISCONNECTED_BY_SERVER(DisconnectReason.SERVER_NAMESPACE_DISCONNECT) {
            @Override
            void happen(int port) throws IOException {
                try (RawWebSocket client = joined(port)) {
                    client.send("42[\"leave-me\"]");
                    assertThat(nextText(client)).isEqualTo("41");
                }
            }
        },
        POLLING_DISCONNECTED_BY_SERVER(DisconnectReason.SERVER_NAMESPACE_DISCONNECT) {
            @Override
            void happen(int port) throws IOException {
                try (Peer peer = polling(port)) {
                    peer.send("42[\"leave-all\"]");
                    assertThat(peer.next()).isEqualTo("41");
                    peer.awaitEnd();
                }
            }
        },
        DISCONNECTED_FROM_ALL(DisconnectReason.SERVER_NAMESPACE_DISCONNECT) {
            @Override
            void happen(int port) throws IOException {
                try (RawWebSocket client = joined(port)) {
                    client.send("42[\"leave-all\"]");
                    assertThat(nextText(client)).isEqualTo("41");
                    expectClose(client);
                }
            }
        },
        CONNECTION_CLOSED_BY_SERVER(DisconnectReason.FORCED_CLOSE) {
            @Override
            void happen(int port) throws IOException {
                try (RawWebSocket client = joined(port)) {
                    client.send("42[\"cut\"]");
                    expectClose(client);
                }
            }
        },
        KICKED_WHILE_CONNECTING(DisconnectReason.SERVER_NAMESPACE_DISCONNECT) {
            @Override
            void happen(int port) throws IOException {
                try (RawWebSocket client = open(port)) {
                    client.send(Frame.text("40{\"kick\":1}"), Frame.text("42[\"n\"]"));
                    assertThat(nextText(client)).startsWith("40{");
                    assertThat(nextText(client)).isEqualTo("41");
                }
            }
        },
        MALFORMED_PACKET(DisconnectReason.PARSE_ERROR) {
            @Override
            void happen(int port) throws IOException {
                try (RawWebSocket client = joined(port)) {
                    client.send("42[\"n\",");
                    expectClose(client);
                }
            }
        },
        MALFORMED_FRAME(DisconnectReason.TRANSPORT_ERROR) {
            @Override
            void happen(int port) throws IOException {
                try (RawWebSocket client = joined(port)) {
                    client.send(Frame.text("42[\"n\"]").withRsv(4));
                    expectClose(client);
                }
            }
        },
        TOO_LARGE(DisconnectReason.PAYLOAD_TOO_LARGE) {
            @Override
            void happen(int port) throws IOException {
                try (RawWebSocket client = joined(port)) {
                    client.send("42[\"n\",\"" + "x".repeat(10_000) + "\"]");
                    expectClose(client);
                }
            }
        },
        POLLING_TOO_LARGE(DisconnectReason.PAYLOAD_TOO_LARGE) {
            @Override
            void happen(int port) throws IOException {
                try (PollingPeer peer = polling(port)) {
                    String request = RawHttp.post(peer.target(), "42[\"n\",\"" + "x".repeat(10_000) + "\"]");
                    assertThat(RawHttp.exchange(port, request).status()).isEqualTo(413);
                    peer.awaitEnd();
                }
            }
        },
        PING_TIMEOUT(DisconnectReason.PING_TIMEOUT) {
            @Override
            void happen(int port) throws IOException {
                try (RawWebSocket client = joined(port)) {
                    assertThat(client.text()).isEqualTo("2");
                    assertThat(client.raw().ended()).isTrue();
                }
            }
        },
        IN_A_REQUEST_HEAD {
            @Override
            void happen(int port) throws IOException {
                RawConnection.open(port)
                        .send("GET /socket.io/?EIO=4 HTTP/1.1\r\nHost: lo")
                        .close();
            }
        },
        IN_A_PROBE(DisconnectReason.TRANSPORT_ERROR, DisconnectReason.PING_TIMEOUT) {
            @Override
            void happen(int port) throws IOException {
                try (PollingPeer peer = polling(port)) {
                    String target = peer.target().replace("transport=polling", "transport=websocket");
                    try (RawWebSocket probe = RawWebSocket.open(port, target)) {
                        probe.send("2probe");
                        assertThat(probe.text()).isEqualTo("3probe");
                        probe.raw().reset();
                    }
                }
            }
        },
        IN_A_FRAME(DisconnectReason.TRANSPORT_CLOSE) {
            @Override
            void happen(int port) throws IOException {
                try (RawWebSocket client = joined(port)) {
                    client.raw().send(Arrays.copyOf(Frame.text("42[\"n\"]").masked(), 9));
                }
            }
        },
        BETWEEN_ATTACHMENTS(DisconnectReason.TRANSPORT_CLOSE) {
            @Override
            void happen(int port) throws IOException {
                try (RawWebSocket client = joined(port)) {
                    client.send("452-[\"n\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]");
                    client.send(new byte[] {1});
                }
            }
        },
        REFUSED {
            @Override
            void happen(int port) throws IOException {
                try (RawWebSocket client = open(port)) {
                    client.send("40{\"refuse\":1}");
                    assertThat(nextText(client)).isEqualTo("44{\"message\":\"no\"}");
                }
            }
        };

        private final List<DisconnectReason> reasons;

        Ending(DisconnectReason... reasons) {
            this.reasons = List.of(reasons);
        }

        abstract void happen(int port) throws IOException;

        private static RawWebSocket open(int port) throws IOException {
            RawWebSocket client = RawWebSocket.open(port, WEBSOCKET);
            assertThat(PollingSession.sidOf(client.text())).isNotEmpty();
            return client;
        }

        /** Returns a client that has joined and sent one event. */
        private static RawWebSocket joined(int port) throws IOException {
            RawWebSocket client = open(port);
            client.send(Frame.text("40"), Frame.text("42[\"n\"]"));
            assertThat(nextText(client)).startsWith("40{");
            return client;
        }

        private static PollingPeer polling(int port) throws IOException {
            PollingPeer peer = PollingPeer.open(port);
            peer.send("40", "42[\"n\"]");
            assertThat(peer.next()).startsWith("40{");
            return peer;
        }

        private static String nextText(RawWebSocket client) throws IOException {
            String text = client.text();
            while (text.equals("2")) {
                client.send("3");
                text = client.text();
            }
            return text;
        }

        private static void expectClose(RawWebSocket client) throws IOException {
            Frame frame = client.next();
            while (frame.opcode() == Frame.TEXT) {
                frame = client.next();
            }
            assertThat(frame.opcode()).isEqualTo(Frame.CLOSE);
            client.raw().trySend(frame.masked());
            assertThat(client.raw().ended()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Ending.class)
    void isToldOnceAfterTheLastEventWithTheRoomsAsTheyWere(Ending ending) throws IOException {
        ending.happen(server.port());
        Servers.awaitEmpty(server);
        if (ending.reasons.isEmpty()) {
            assertThat(SEEN).isEmpty();
            return;
        }
        List<List<String>> expected = ending.reasons.stream()
                .map(reason -> reason + " in 3 rooms")
                .map(last -> ending == Ending.KICKED_WHILE_CONNECTING
                        ? List.of("connect", last)
                        : List.of("connect", "event", last))
                .toList();
        Await.until(
                () -> ending + " as one of " + expected + " but was " + SEEN,
                Peer.PATIENCE,
                () -> SEEN.size() == 1 && expected.containsAll(SEEN.values()));
    }

    @Test
    void nothingIsLeftAfterManyOfAll() throws IOException {
        List<Ending> quick = Arrays.stream(Ending.values())
                .filter(ending -> ending != Ending.PING_TIMEOUT && ending != Ending.IN_A_PROBE)
                .toList();
        for (Ending ending : Ending.values()) {
            ending.happen(server.port()); // what is made once, on first use, is no leak
        }
        Servers.awaitEmpty(server);
        Vitals before = Vitals.now();
        for (int i = 0; i < CYCLES; i++) {
            quick.get(i % quick.size()).happen(server.port());
        }
        Servers.awaitEmpty(server);
        before.awaitNoMoreThanThis();
        assertThat(server.stats().handlerFailures()).isZero();
    }
}
