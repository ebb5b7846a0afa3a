package dev.weft.conformance.raw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.CloseCode;
import dev.weft.Message;
import dev.weft.WebSocket;
import dev.weft.faults.Frame;
import dev.weft.faults.LeakLedger;
import dev.weft.faults.RawWebSocket;
import dev.weft.server.Options;
import dev.weft.server.Weft;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The closing handshake (RFC 6455, sections 5.5.1 and 7), as both the peer and the application see it. */
@ExtendWith(LeakLedger.class)
class ClosingObligationsTest {
    private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(500);
    /** What the application was told in the end, by the number that a client puts into its query. */
    private static final Map<String, CompletableFuture<CloseCode>> CODES = new ConcurrentHashMap<>();

    private static Weft server;
    private static int opened;

    @BeforeAll
    static void start() {
        Options options = Options.defaults().closeTimeout(CLOSE_TIMEOUT).maxFragments(10);
        server = Weft.builder()
                .host("127.0.0.1")
                .port(0)
                .options(options)
                .webSocket("/", ClosingObligationsTest::serve)
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void serve(WebSocket webSocket) {
        try {
            for (Message message = webSocket.receive(); message != null; message = webSocket.receive()) {
                obey(webSocket, message);
            }
        } finally {
            // A handler that fails has no code yet.
            code(webSocket.request().query("n"))
                    .complete(Objects.requireNonNullElse(webSocket.closeCode(), CloseCode.INTERNAL_ERROR));
        }
    }

    private static void obey(WebSocket webSocket, Message message) {
        switch (message instanceof Message.Text text ? text.text() : "") {
            case "close" -> webSocket.close();
            case "close 4000" -> webSocket.close(new CloseCode(4000), "ciao é");
            case "flush" -> {
                for (int i = 0; i < 1_000; i++) {
                    webSocket.send("pending " + i);
                }
                webSocket.close(CloseCode.GOING_AWAY, "");
            }
            case "cut" -> webSocket.closeNow();
            case "fail" -> throw new IllegalStateException("secret detail");
            default -> webSocket.send(message);
        }
    }

    private static RawWebSocket open() throws IOException {
        opened++;
        return RawWebSocket.open(server.port(), "/?n=" + opened);
    }

    private static CompletableFuture<CloseCode> code(String number) {
        return CODES.computeIfAbsent(number, key -> new CompletableFuture<>());
    }

    private static void expectClose(int code, Frame... frames) throws IOException {
        try (RawWebSocket webSocket = open()) {
            webSocket.send(frames);
            webSocket.expectClose(code);
        }
    }

    /** Returns what the application was told about the connection that was opened last. */
    private static int reportedCode() throws Exception {
        return code(Integer.toString(opened)).get(10, TimeUnit.SECONDS).value();
    }

    @ParameterizedTest
    @ValueSource(
            ints = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999})
    void answersALegalCodeWithTheSame(int code) throws Exception {
        try (RawWebSocket webSocket = open()) {
            webSocket.send(Frame.close(code, "reason"));
            Frame close = webSocket.next();
            assertThat(close.opcode()).isEqualTo(Frame.CLOSE);
            assertThat(close.closeCode()).isEqualTo(code);
            assertThat(webSocket.raw().ended()).isTrue();
        }
        assertThat(reportedCode()).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535})
    void failsAnIllegalCode(int code) throws Exception {
        expectClose(1002, Frame.close(code, ""));
        assertThat(reportedCode()).isEqualTo(1002);
    }

    @Test
    void answersACloseWithoutACode() throws Exception {
        try (RawWebSocket webSocket = open()) {
            webSocket.send(Frame.of(Frame.CLOSE, new byte[0]));
            Frame close = webSocket.next();
            assertThat(close.opcode()).isEqualTo(Frame.CLOSE);
            assertThat(close.closeCode()).as("1005 stands for none").isIn(1000, 1005);
            assertThat(webSocket.raw().ended()).isTrue();
        }
        assertThat(reportedCode()).isEqualTo(1005);
    }

    @Test
    void failsAPayloadOfOneByte() throws IOException {
        expectClose(1002, Frame.of(Frame.CLOSE, new byte[] {3}));
    }

    @ParameterizedTest
    @ValueSource(strings = {"03e8ff", "03e8c3", "03e8eda080"})
    void failsAReasonThatIsNotUtf8(String hex) throws IOException {
        expectClose(1007, Frame.hex(Frame.CLOSE, hex));
    }

    @Test
    void acceptsTheLongestReason() throws IOException {
        expectClose(1000, Frame.close(1000, "x".repeat(123)));
    }

    @Test
    void sendsNothingAfterItsCloseAndIgnoresWhatComes() throws IOException {
        try (RawWebSocket webSocket = open()) {
            webSocket.send(
                    Frame.text("before"),
                    Frame.close(1000, ""),
                    Frame.text("after"),
                    Frame.of(Frame.PING, new byte[1]));
            assertThat(webSocket.text()).isEqualTo("before");
            assertThat(webSocket.next().opcode()).isEqualTo(Frame.CLOSE);
            assertThat(webSocket.raw().ended()).isTrue();
        }
    }

    @Test
    void reportsAnEndWithoutACloseFrameAs1006() throws Exception {
        try (RawWebSocket webSocket = open()) {
            webSocket.raw().halfClose();
            assertThat(reportedCode()).isEqualTo(1006);
        }
        try (RawWebSocket webSocket = open()) {
            webSocket.raw().send(Arrays.copyOf(Frame.text("half a frame").masked(), 5));
            webSocket.raw().halfClose();
            assertThat(reportedCode()).isEqualTo(1006);
        }
    }

    @Test
    void reportsAResetAs1006() throws Exception {
        RawWebSocket webSocket = open();
        webSocket.send("x");
        assertThat(webSocket.text()).isEqualTo("x");
        webSocket.raw().reset();
        assertThat(reportedCode()).isEqualTo(1006);
    }

    @Test
    void closesWithTheCodeAndReasonOfTheApplication() throws Exception {
        try (RawWebSocket webSocket = open()) {
            webSocket.send("close 4000");
            Frame close = webSocket.next();
            assertThat(close.closeCode()).isEqualTo(4000);
            assertThat(close.closeReason()).isEqualTo("ciao é");
            webSocket.send(close);
            assertThat(webSocket.raw().ended()).as("the server closes first").isTrue();
        }
        assertThat(reportedCode()).isEqualTo(4000);
    }

    @Test
    void flushesWhatIsPendingBeforeItCloses() throws IOException {
        try (RawWebSocket webSocket = open()) {
            webSocket.send("flush");
            for (int i = 0; i < 1_000; i++) {
                assertThat(webSocket.text()).isEqualTo("pending " + i);
            }
            webSocket.expectClose(1001);
        }
    }

    @Test
    void givesUpOnAPeerThatDoesNotAnswerTheClose() throws IOException {
        try (RawWebSocket webSocket = open()) {
            webSocket.send("close");
            assertThat(webSocket.next().closeCode()).isEqualTo(1000);
            long start = System.nanoTime();
            assertThat(webSocket.raw().ended()).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(CLOSE_TIMEOUT.multipliedBy(6));
        }
    }

    @Test
    void readsOnForTheAnswerToItsClose() throws Exception {
        try (RawWebSocket webSocket = open()) {
            webSocket.send("close 4000");
            assertThat(webSocket.next().closeCode()).isEqualTo(4000);
            webSocket.send(Frame.text("late"), Frame.of(Frame.PING, new byte[0]), Frame.close(4000, ""));
            assertThat(webSocket.raw().ended()).isTrue();
        }
        assertThat(reportedCode()).isEqualTo(4000);
    }

    @Test
    void cutsTheConnectionWhenToldTo() throws IOException {
        try (RawWebSocket webSocket = open()) {
            webSocket.send("cut");
            assertThat(webSocket.raw().ended()).isTrue();
        }
    }

    @Test
    void closesWith1011AndNoDetailWhenTheHandlerFails() throws IOException {
        try (RawWebSocket webSocket = open()) {
            webSocket.send("fail");
            Frame close = webSocket.next();
            assertThat(close.closeCode()).isEqualTo(1011);
            assertThat(close.closeReason()).isEmpty();
        }
    }

    @Test
    void failsTooManyFragmentsWith1008() throws IOException {
        Frame[] frames = new Frame[11];
        Arrays.setAll(
                frames,
                i -> Frame.of(i == 0 ? Frame.TEXT : Frame.CONTINUATION, new byte[0])
                        .notLast());
        expectClose(1008, frames);
    }

    @Test
    void acceptsAsManyFragmentsAsAllowed() throws IOException {
        Frame[] frames = new Frame[10];
        Arrays.setAll(
                frames,
                i -> new Frame(i == 9, 0, i == 0 ? Frame.TEXT : Frame.CONTINUATION, new byte[] {(byte) ('0' + i)}));
        try (RawWebSocket webSocket = open()) {
            webSocket.send(frames);
            assertThat(webSocket.text()).isEqualTo("0123456789");
        }
    }

    @Test
    void leavesNothingBehind() throws IOException {
        for (int i = 0; i < 20; i++) {
            open().close();
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (server.stats().connections() > 0 && System.nanoTime() < deadline) {
            LockSupport.parkNanos(10_000_000);
        }
        assertThat(server.stats().connections()).isZero();
    }
}
