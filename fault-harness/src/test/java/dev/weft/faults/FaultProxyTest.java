package dev.weft.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(60)
@ExtendWith(LeakLedger.class)
class FaultProxyTest {
    private static final byte[] HELLO = {'h', 'e', 'l', 'l', 'o'};

    private ServerSocket server;
    private FaultProxy proxy;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        proxy = new FaultProxy(server.getLocalPort());
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        server.close();
    }

    /** A client, what it is connected with, and the link between them. */
    private record Both(RawConnection client, Socket upstream, Link link) implements AutoCloseable {
        byte[] received(int count) throws IOException {
            return upstream.getInputStream().readNBytes(count);
        }

        @Override
        public void close() throws IOException {
            client.close();
            upstream.close();
        }
    }

    private Both open() throws IOException {
        RawConnection client = RawConnection.open(proxy.port());
        Socket upstream = server.accept();
        upstream.setSoTimeout(10_000);
        return new Both(client, upstream, proxy.next());
    }

    private static byte[] octets(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    private static CompletableFuture<Void> sendLater(Both both, byte[] bytes) {
        return CompletableFuture.runAsync(() -> both.client.trySend(bytes));
    }

    @Test
    void passesEverythingOnBothWaysAndEveryEnd() throws Exception {
        byte[] much = octets(3_000_000);
        try (Both both = open()) {
            CompletableFuture<Void> sent = sendLater(both, much);
            assertThat(both.received(much.length)).isEqualTo(much);
            sent.join();
            both.upstream.getOutputStream().write(HELLO);
            assertThat(both.client.readExactly(5)).isEqualTo(HELLO);
            both.client.halfClose();
            assertThat(both.received(1)).as("FIN").isEmpty();
            both.upstream.getOutputStream().write(HELLO);
            assertThat(both.client.readExactly(5)).as("the other half").isEqualTo(HELLO);
            both.upstream.close();
            assertThat(both.client.ended()).isTrue();
        }
        Await.until("no link left", Duration.ofSeconds(5), () -> proxy.links().isEmpty());
    }

    @Test
    void passesAResetOn() throws IOException {
        try (Both both = open()) {
            both.client.send(HELLO);
            both.received(5);
            both.client.reset();
            assertThatThrownBy(() -> both.received(1)).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void resetsOneSide() throws IOException {
        try (Both both = open()) {
            both.client.send(HELLO);
            both.received(5);
            both.link.resetServer();
            assertThatThrownBy(() -> both.received(1)).isInstanceOf(SocketException.class);
            assertThat(both.client.silentFor(50)).isTrue();
        }
    }

    @Test
    void swallowsBytesAndEnds() throws IOException {
        try (Both both = open()) {
            both.client.send(HELLO);
            both.received(5);
            both.link.blackhole();
            both.client.send(HELLO);
            both.client.close();
            both.upstream.setSoTimeout(100);
            assertThatThrownBy(() -> both.received(1)).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void delaysAndKeepsTheOrder() throws IOException {
        Duration delay = Duration.ofMillis(80);
        try (Both both = open()) {
            both.link.toServer().delay(delay);
            byte[] bytes = octets(100);
            long start = System.nanoTime();
            both.client.sendInPieces(bytes, 1);
            assertThat(both.received(100)).isEqualTo(bytes);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(delay);
        }
    }

    @Test
    void throttles() throws IOException {
        try (Both both = open()) {
            both.link.toServer().throttle(10_000);
            long start = System.nanoTime();
            both.client.send(octets(3_000));
            both.received(3_000);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(200));
        }
    }

    @Test
    void holdsTheSenderBackWhileItStallsAndLosesNothing() throws IOException {
        byte[] much = octets(30_000_000);
        try (Both both = open()) {
            both.link.toServer().stall();
            CompletableFuture<Void> sent = sendLater(both, much);
            both.upstream.setSoTimeout(200);
            assertThatThrownBy(() -> both.received(1)).isInstanceOf(SocketTimeoutException.class);
            assertThat(sent).isNotDone();
            both.link.toServer().heal();
            both.upstream.setSoTimeout(10_000);
            assertThat(both.received(much.length)).isEqualTo(much);
        }
    }

    @Test
    void turnsBitsOverAtOneOffsetOnly() throws IOException {
        byte[] bytes = octets(20_000);
        byte[] expected = bytes.clone();
        expected[12_345] ^= 0x41;
        try (Both both = open()) {
            both.link.toServer().corrupt(12_345, 0x41);
            sendLater(both, bytes);
            assertThat(both.received(bytes.length)).isEqualTo(expected);
        }
    }

    @Test
    void endsAfterSoManyBytes() throws IOException {
        byte[] bytes = octets(10_000);
        try (Both both = open()) {
            both.link.toServer().endAfter(7_001);
            sendLater(both, bytes);
            assertThat(both.upstream.getInputStream().readAllBytes()).isEqualTo(Arrays.copyOf(bytes, 7_001));
        }
    }

    @Test
    void runsAScriptOfSteps() throws IOException {
        try (FaultProxy scripted = new FaultProxy(
                        server.getLocalPort(),
                        link -> link.toServer()
                                .at(3, () -> link.toServer().delay(Duration.ofMillis(50)))
                                .at(5, link::reset));
                RawConnection client = RawConnection.open(scripted.port());
                Socket upstream = server.accept()) {
            client.send(HELLO);
            assertThatThrownBy(() -> upstream.getInputStream().readNBytes(6)).isInstanceOf(SocketException.class);
            assertThat(client.ended()).isTrue();
            assertThat(scripted.next().toServer().passed()).isEqualTo(5);
        }
    }
}
