package dev.weft.conformance.raw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.CloseCode;
import dev.weft.Message;
import dev.weft.WebSocket;
import dev.weft.faults.Frame;
import dev.weft.faults.LeakLedger;
import dev.weft.faults.RawWebSocket;
import dev.weft.faults.Servers;
import dev.weft.server.Compression;
import dev.weft.server.Options;
import dev.weft.server.Weft;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * On the wire is what somebody wrote for that peer and nothing else, whatever the buffers held before (CVE-2026-45736: a
 * close frame carried memory that nobody had written).
 */
@Timeout(60)
@ExtendWith(LeakLedger.class)
class SentBytesTest {
    private static final int MOST_REASON = 123;
    private static final byte SECRET = (byte) 0xA5;
    private static final int[] SIZES = {1, 125, 126, 5_000, 65_535, 65_536, 200_000};

    private Weft server;

    @AfterEach
    void stop() {
        Servers.awaitEmpty(server);
        server.close();
    }

    private static void serve(WebSocket webSocket) {
        for (Message message = webSocket.receive(); message != null; message = webSocket.receive()) {
            if (message instanceof Message.Text text) {
                webSocket.close(new CloseCode(4000), text.text());
            } else {
                webSocket.send(message);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void framesAndCloseReasonsHoldWhatWasWrittenAlthoughBuffersHeldOtherBytes(boolean compressed) throws IOException {
        server = Servers.builder(Options.defaults().compression(compressed ? Compression.on() : Compression.off()))
                .webSocket("/", SentBytesTest::serve)
                .start();
        try (RawWebSocket neighbour = RawWebSocket.open(server.port(), "/")) {
            for (int length = 0; length <= MOST_REASON; length++) {
                int size = SIZES[length % SIZES.length];
                byte[] secret = new byte[size];
                Arrays.fill(secret, SECRET);
                assertThat(neighbour.send(secret).next().payload()).isEqualTo(secret);
                try (RawWebSocket peer = RawWebSocket.open(server.port(), "/")) {
                    byte[] own = new byte[SIZES[(length + 3) % SIZES.length]];
                    assertThat(peer.send(own).next().payload()).isEqualTo(own);
                    String reason = "r".repeat(length);
                    peer.send(reason);
                    assertThat(peer.raw().readExactly(4 + length))
                            .isEqualTo(Frame.close(4000, reason).unmasked());
                    peer.send(Frame.close(4000, ""));
                    assertThat(peer.raw().ended()).isTrue();
                }
            }
        }
    }
}
