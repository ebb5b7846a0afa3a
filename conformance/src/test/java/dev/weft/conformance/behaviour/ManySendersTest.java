package dev.weft.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.CloseCode;
import dev.weft.Message;
import dev.weft.WebSocket;
import dev.weft.faults.Frame;
import dev.weft.faults.RawWebSocket;
import dev.weft.faults.Servers;
import dev.weft.server.Options;
import dev.weft.server.Weft;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many threads send on one connection at a time. */
@Timeout(120)
class ManySendersTest {
    private static final int SENDERS = 64;
    private static final int EACH = Boolean.getBoolean("weft.long") ? 10_000 : 1_000;

    private final CompletableFuture<WebSocket> opened = new CompletableFuture<>();

    /** Every tenth message is a ping; the rest is text and binary by turns; in the end one of them closes. */
    private static void send(WebSocket webSocket, int sender) {
        for (int i = 0; i < EACH; i++) {
            boolean accepted = switch (i % 10) {
                case 0 -> webSocket.ping(pack(sender, i).array());
                case 1, 3, 5, 7, 9 -> webSocket.send(sender + " " + i + " " + "t".repeat(i % 200));
                default -> webSocket.send(Message.binary(pack(sender, i).array()));
            };
            assertThat(accepted).isTrue();
        }
    }

    private static ByteBuffer pack(int sender, int number) {
        return ByteBuffer.allocate(8).putInt(0, sender).putInt(4, number);
    }

    @Test
    void thePeerDecodesEachMessageOnceAndInTheOrderOfItsSender() throws Exception {
        Options options =
                Options.defaults().maxQueuedMessages(Integer.MAX_VALUE).maxQueuedBytes(Integer.MAX_VALUE);
        try (Weft server = Servers.builder(options)
                        .webSocket("/", webSocket -> {
                            opened.complete(webSocket);
                            while (webSocket.receive() != null) {
                                assertThat(webSocket.isOpen()).isTrue();
                            }
                        })
                        .start();
                RawWebSocket client = RawWebSocket.open(server.port(), "/")) {
            WebSocket webSocket = opened.get();
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> sendAll(webSocket));
            int[] data = new int[SENDERS];
            int[] pings = new int[SENDERS];
            int total = 0;
            for (Frame frame = client.next(); frame.opcode() != Frame.CLOSE; frame = client.next(), total++) {
                check(frame, data, pings);
            }
            sent.join();
            assertThat(total).isEqualTo(SENDERS * EACH);
        }
    }

    private static void sendAll(WebSocket webSocket) {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            int sender = i;
            all.add(CompletableFuture.runAsync(() -> send(webSocket, sender), Thread::startVirtualThread));
        }
        all.forEach(CompletableFuture::join);
        all.clear();
        for (int i = 0; i < SENDERS; i++) {
            all.add(CompletableFuture.runAsync(
                    () -> webSocket.close(CloseCode.NORMAL, "done"), Thread::startVirtualThread));
        }
        all.forEach(CompletableFuture::join);
    }

    private static void check(Frame frame, int[] data, int[] pings) {
        if (frame.opcode() == Frame.TEXT) {
            String[] parts = frame.utf8().split(" ", -1);
            next(data, Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), 1);
        } else {
            ByteBuffer packed = ByteBuffer.wrap(frame.payload());
            boolean ping = frame.opcode() != Frame.BINARY;
            next(ping ? pings : data, packed.getInt(0), packed.getInt(4), ping ? 10 : 1);
        }
    }

    /** Pings pass data; among themselves both keep their order. */
    private static void next(int[] seen, int sender, int number, int step) {
        int expected = step == 1 && seen[sender] % 10 == 0 ? seen[sender] + 1 : seen[sender];
        assertThat(number).isEqualTo(expected);
        seen[sender] = expected + step;
    }
}
