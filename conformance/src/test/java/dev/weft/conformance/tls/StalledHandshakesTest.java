package dev.weft.conformance.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.HttpResponse;
import dev.weft.faults.Await;
import dev.weft.faults.RawConnection;
import dev.weft.faults.RawHttp;
import dev.weft.faults.RawTls;
import dev.weft.faults.Servers;
import dev.weft.faults.Vitals;
import dev.weft.server.Options;
import dev.weft.server.Tls;
import dev.weft.server.Weft;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that stop in the middle of their handshake keep nobody else waiting, and are cut in time. */
@Timeout(180)
class StalledHandshakesTest {
    private static final boolean LONG = Boolean.getBoolean("weft.long");
    private static final int STALLED = LONG ? 2_000 : 200;
    private static final int OTHERS = 10;
    private static final Duration DEADLINE = Duration.ofSeconds(LONG ? 30 : 8);
    private static final Duration SLACK = Duration.ofSeconds(4);

    /** A server on which one handshake can compute at a time: one that kept its turn would keep out all others. */
    private static Weft start() {
        Options options = Options.defaults()
                .handshakeTimeout(DEADLINE)
                .idleTimeout(Duration.ofMinutes(2))
                .tlsHandshakesAtOnce(1)
                .acceptBacklog(4096);
        return Servers.builder(options)
                .tls(Tls.selfSigned())
                .http("/", request -> HttpResponse.text(200, "here"))
                .start();
    }

    @Test
    void keepNobodyWaitingAndAreCutAtTheTotalDeadline() throws IOException {
        try (Weft server = start()) {
            cycle(server, OTHERS); // what is made once, on first use, is no leak
            Vitals before = Vitals.now();
            cycle(server, STALLED);
            before.awaitNoMoreThanThis();
        }
    }

    private static void cycle(Weft server, int count) throws IOException {
        byte[] hello = Hello.current();
        List<Socket> stalled = new ArrayList<>();
        try {
            long first = System.nanoTime();
            for (int i = 0; i < count; i++) {
                stalled.add(stall(server.port(), hello, Stall.values()[i % Stall.values().length]));
            }
            Duration opening = Duration.ofNanos(System.nanoTime() - first);
            long last = System.nanoTime();
            List<Duration> times = new ArrayList<>();
            for (int i = 0; i < OTHERS; i++) {
                times.add(connect(server.port()));
            }
            times.sort(null);
            System.out.println(count + " stalled handshakes, opened in " + opening.toMillis()
                    + " ms; others connect in " + times.getFirst().toMillis() + " to "
                    + times.getLast().toMillis() + " ms");
            assertThat(times.get(OTHERS / 2)).isLessThan(DEADLINE.dividedBy(4));
            if (Duration.ofNanos(System.nanoTime() - first).compareTo(DEADLINE) < 0) {
                assertThat(server.stats().connections()).as("none is cut early").isGreaterThanOrEqualTo(count);
            }
            Duration left = DEADLINE.minusNanos(System.nanoTime() - last).plus(SLACK);
            Await.until("all are cut", left, () -> server.stats().connections() == 0);
        } finally {
            for (Socket socket : stalled) {
                socket.close();
            }
        }
        Servers.awaitEmpty(server);
    }

    /** How far a client gets. */
    private enum Stall {
        BEFORE_THE_FIRST_BYTE,
        AFTER_THE_FIRST_BYTE,
        IN_THE_HEAD_OF_THE_RECORD,
        IN_THE_MESSAGE,
        BEFORE_THE_LAST_BYTE,
        AFTER_THE_MESSAGE,
        AFTER_THE_HANDSHAKE,
        IN_THE_REQUEST
    }

    private static Socket stall(int port, byte[] hello, Stall where) throws IOException {
        Socket tcp = RawTls.tcp(port, 0);
        switch (where) {
            case BEFORE_THE_FIRST_BYTE -> {}
            case AFTER_THE_FIRST_BYTE -> send(tcp, hello, 1);
            case IN_THE_HEAD_OF_THE_RECORD -> send(tcp, hello, 3);
            case IN_THE_MESSAGE -> send(tcp, hello, hello.length / 2);
            case BEFORE_THE_LAST_BYTE -> send(tcp, hello, hello.length - 1);
            case AFTER_THE_MESSAGE -> send(tcp, hello, hello.length);
            case AFTER_THE_HANDSHAKE -> RawTls.over(tcp).startHandshake();
            case IN_THE_REQUEST ->
                RawTls.over(tcp).getOutputStream().write("GET / HT".getBytes(StandardCharsets.US_ASCII));
        }
        return tcp;
    }

    private static void send(Socket tcp, byte[] bytes, int count) throws IOException {
        tcp.getOutputStream().write(Arrays.copyOf(bytes, count));
    }

    private static Duration connect(int port) throws IOException {
        long start = System.nanoTime();
        try (RawConnection connection = RawTls.open(port)) {
            connection.send(RawHttp.get("/", "Connection: close"));
            assertThat(RawHttp.read(connection).text()).isEqualTo("here");
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
