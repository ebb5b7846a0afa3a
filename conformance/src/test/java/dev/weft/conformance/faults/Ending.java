package dev.weft.conformance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.DisconnectReason;
import dev.weft.faults.Frame;
import dev.weft.faults.Peer;
import dev.weft.faults.PollingPeer;
import dev.weft.faults.PollingSession;
import dev.weft.faults.RawConnection;
import dev.weft.faults.RawHttp;
import dev.weft.faults.RawWebSocket;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

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
    POLLING_DISCONNECT_AND_CLOSE(DisconnectReason.CLIENT_NAMESPACE_DISCONNECT) {
        @Override
        void happen(int port) throws IOException {
            try (Peer peer = polling(port)) {
                peer.send("41", "1");
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
                client.send(Frame.text(connect("kick")), Frame.text("42[\"n\"]"));
                assertThat(nextText(client)).startsWith("40{");
                assertThat(nextText(client)).isEqualTo("41");
            }
        }
    },
    CUT_WHILE_CONNECTING(DisconnectReason.FORCED_CLOSE) {
        @Override
        void happen(int port) throws IOException {
            try (RawWebSocket client = open(port)) {
                client.send(Frame.text(connect("cut")), Frame.text("42[\"n\"]"));
                expectClose(client);
            }
        }
    },
    FIN_ONLY(DisconnectReason.TRANSPORT_CLOSE) {
        @Override
        void happen(int port) throws IOException {
            try (RawWebSocket client = joined(port)) {
                client.raw().halfClose();
                assertThat(client.raw().ended()).isTrue();
            }
        }
    },
    RESET_BEHIND_FIN(DisconnectReason.TRANSPORT_CLOSE, DisconnectReason.TRANSPORT_ERROR) {
        @Override
        void happen(int port) throws IOException {
            RawWebSocket client = joined(port);
            client.raw().halfClose();
            client.raw().reset();
        }
    },
    RESET_IN_A_MESSAGE(DisconnectReason.TRANSPORT_CLOSE, DisconnectReason.TRANSPORT_ERROR) {
        @Override
        void happen(int port) throws IOException {
            RawWebSocket client = joined(port);
            client.send(Frame.text("42[").notLast());
            client.raw().reset();
        }
    },
    CLOSE_FRAME_UNANSWERED(DisconnectReason.FORCED_CLOSE, DisconnectReason.SERVER_NAMESPACE_DISCONNECT) {
        @Override
        void happen(int port) throws IOException {
            try (RawWebSocket client = joined(port)) {
                client.send("42[\"leave-all\"]");
                assertThat(nextText(client)).isEqualTo("41");
                Frame frame = client.next();
                while (frame.opcode() == Frame.TEXT) {
                    frame = client.next();
                }
                assertThat(frame.opcode()).isEqualTo(Frame.CLOSE);
                assertThat(client.raw().ended()).isTrue();
            }
        }
    },
    IN_AN_UPGRADE_HEAD {
        @Override
        void happen(int port) throws IOException {
            String head = RawWebSocket.handshake(WEBSOCKET);
            RawConnection.open(port).send(head.substring(0, head.length() - 2)).reset();
        }
    },
    BEFORE_CONNECT {
        @Override
        void happen(int port) throws IOException {
            open(port).raw().reset();
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
                client.send(connect("refuse"));
                assertThat(nextText(client)).isEqualTo("44{\"message\":\"no\"}");
            }
        }
    };

    private static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";

    private final List<DisconnectReason> reasons;

    Ending(DisconnectReason... reasons) {
        this.reasons = List.of(reasons);
    }

    /** Plays one client from its beginning to this end. */
    abstract void happen(int port) throws IOException;

    /** Returns the reasons that the server may give; none if there is never a socket. */
    List<DisconnectReason> reasons() {
        return reasons;
    }

    /** Returns whether events of the client have run before its end. */
    boolean comesAfterAnEvent() {
        return this != KICKED_WHILE_CONNECTING && this != CUT_WHILE_CONNECTING;
    }

    /** Returns whether it takes a deadline to end so. */
    boolean slow() {
        return this == PING_TIMEOUT || this == IN_A_PROBE || this == CLOSE_FRAME_UNANSWERED;
    }

    /** Returns a CONNECT that tells the handlers which ending this is, and what it wishes them to do. */
    final String connect(String wish) {
        return "40{\"as\":\"" + name() + "\",\"wish\":\"" + wish + "\"}";
    }

    static RawWebSocket open(int port) throws IOException {
        RawWebSocket client = RawWebSocket.open(port, WEBSOCKET);
        assertThat(PollingSession.sidOf(client.text())).isNotEmpty();
        return client;
    }

    /** Returns a client that has joined and sent one event. */
    final RawWebSocket joined(int port) throws IOException {
        RawWebSocket client = open(port);
        client.send(Frame.text(connect("")), Frame.text("42[\"n\"]"));
        assertThat(nextText(client)).startsWith("40{");
        return client;
    }

    final PollingPeer polling(int port) throws IOException {
        PollingPeer peer = PollingPeer.open(port);
        peer.send(connect(""), "420[\"n\"]");
        assertThat(peer.next()).startsWith("40{");
        assertThat(peer.next()).isEqualTo("430[]"); // what still waits when a session ends is not handled any more
        return peer;
    }

    static String nextText(RawWebSocket client) throws IOException {
        String text = client.text();
        while (text.equals("2")) {
            client.send("3");
            text = client.text();
        }
        return text;
    }

    static void expectClose(RawWebSocket client) throws IOException {
        Frame frame = client.next();
        while (frame.opcode() == Frame.TEXT) {
            frame = client.next();
        }
        assertThat(frame.opcode()).isEqualTo(Frame.CLOSE);
        client.raw().trySend(frame.masked());
        assertThat(client.raw().ended()).isTrue();
    }
}
