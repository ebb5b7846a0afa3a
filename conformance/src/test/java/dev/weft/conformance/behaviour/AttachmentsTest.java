package dev.weft.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.DisconnectReason;
import dev.weft.faults.LeakLedger;
import dev.weft.faults.RawWebSocket;
import dev.weft.faults.Servers;
import dev.weft.server.Options;
import dev.weft.server.Weft;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Binary attachments that are late or too large. */
@Timeout(60)
@ExtendWith(LeakLedger.class)
class AttachmentsTest {
    private static final String TWO_ATTACHMENTS =
            "452-[\"x\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]";

    private static final int PACKETS = 20;

    private final BlockingQueue<Object> happened = new LinkedBlockingQueue<>();
    private Weft server;

    @BeforeEach
    void start() {
        Options options =
                Options.defaults().attachmentTimeout(Duration.ofMillis(700)).maxPayload(100_000);
        server = Servers.start(
                options,
                namespace -> namespace.onConnect(socket -> {
                    socket.onDisconnect(happened::add);
                    socket.on("x", event -> happened.add(event.size()));
                }));
    }

    @AfterEach
    void stop() {
        Servers.awaitEmpty(server);
        server.close();
    }

    private RawWebSocket join() throws Exception {
        RawWebSocket client = RawWebSocket.open(server.port(), "/socket.io/?EIO=4&transport=websocket");
        client.text();
        client.send("40").text();
        return client;
    }

    private Object next() throws InterruptedException {
        Object next = happened.poll(15, TimeUnit.SECONDS);
        assertThat(next).as("something happened").isNotNull();
        return next;
    }

    @Test
    void aPacketWhoseAttachmentsDoNotComeEndsTheConnection() throws Exception {
        try (RawWebSocket client = join()) {
            client.send(TWO_ATTACHMENTS).send(new byte[10]);
            client.expectClose(1002);
        }
        assertThat(next()).isEqualTo(DisconnectReason.PARSE_ERROR);
    }

    @Test
    void aPacketThatIsCompleteHasNoDeadlineAnyMore() throws Exception {
        try (RawWebSocket client = join()) {
            long before = server.stats().timers();
            for (int i = 0; i < PACKETS; i++) {
                client.send(TWO_ATTACHMENTS).send(new byte[10]).send(new byte[20]);
                assertThat((int) next()).isGreaterThan(30);
            }
            // One more or less: a timer that runs right now is not counted.
            assertThat(server.stats().timers()).isLessThan(before + PACKETS / 2);
            assertThat(happened).isEmpty();
        }
        assertThat(next()).isInstanceOf(DisconnectReason.class);
    }

    @Test
    void attachmentsThatAreTooLargeTogetherEndTheConnectionWith1009() throws Exception {
        try (RawWebSocket client = join()) {
            client.send(TWO_ATTACHMENTS).send(new byte[60_000]).send(new byte[60_000]);
            client.expectClose(1009);
        }
        assertThat(next()).isEqualTo(DisconnectReason.PAYLOAD_TOO_LARGE);
    }
}
