package dev.weft.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.faults.LeakLedger;
import dev.weft.faults.Peer;
import dev.weft.faults.Servers;
import dev.weft.server.Options;
import dev.weft.server.Weft;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An event named {@code error} is one like any other (CVE-2024-38355: a server that nobody told to handle it fell). */
@Timeout(60)
@ExtendWith(LeakLedger.class)
class EventNamedErrorTest {
    private Weft server;

    @BeforeEach
    void start() {
        server = Servers.start(
                Options.defaults(),
                namespace -> namespace.onConnect(socket -> {
                    socket.on("echo", event -> event.reply(event.arguments().get(0)));
                    socket.on("report", event -> {
                        socket.emit("error", "one");
                        namespace.emit("error", "two");
                        socket.emit("error");
                    });
                }));
    }

    @AfterEach
    void stop() {
        Servers.awaitEmpty(server); // and no unexpected failure
        assertThat(server.stats().handlerFailures()).isZero();
        server.close();
    }

    @ParameterizedTest
    @EnumSource(Peer.Via.class)
    void doesNothingWhereNobodyHandlesIt(Peer.Via via) throws IOException {
        try (Peer other = Peer.Via.WEBSOCKET.connect(server.port());
                Peer peer = via.connect(server.port())) {
            peer.send("42[\"error\"]", "42[\"error\",{\"message\":\"x\"}]", "427[\"error\",null]");
            peer.send("421[\"echo\",1]");
            assertThat(peer.next()).isEqualTo("431[1]");
            other.send("422[\"echo\",2]");
            assertThat(other.next()).isEqualTo("432[2]");
        }
    }

    @ParameterizedTest
    @EnumSource(Peer.Via.class)
    void mayBeEmitted(Peer.Via via) throws IOException {
        try (Peer peer = via.connect(server.port())) {
            peer.send("42[\"report\"]");
            assertThat(peer.next()).isEqualTo("42[\"error\",\"one\"]");
            assertThat(peer.next()).isEqualTo("42[\"error\",\"two\"]");
            assertThat(peer.next()).isEqualTo("42[\"error\"]");
        }
    }
}
