package dev.weft.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.WeftException;
import dev.weft.adapter.Adapter;
import dev.weft.faults.Await;
import dev.weft.faults.LeakLedger;
import dev.weft.faults.Peer;
import dev.weft.faults.Servers;
import dev.weft.faults.Vitals;
import dev.weft.server.Options;
import dev.weft.server.Weft;
import dev.weft.server.WeftBuilder;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A server that cannot start says why in one sentence, with what to change, and leaves nothing running. */
@Timeout(60)
@ExtendWith(LeakLedger.class)
class StartUpTest {
    private static final String PACKAGE = "dev.weft.conformance.behaviour.";

    private Vitals before;

    /** What the JVM keeps after the first socket that it closes is no leak. */
    @BeforeAll
    static void useSockets() throws IOException {
        try (Weft server = builder().start();
                Socket client = new Socket("127.0.0.1", server.port())) {
            Await.until(
                    "a connection",
                    Peer.PATIENCE,
                    () -> client.isConnected() && server.stats().connections() == 1);
        }
    }

    @BeforeEach
    void note() {
        before = Vitals.now();
    }

    @AfterEach
    void nothingIsLeft() {
        before.awaitNoMoreThanThis();
    }

    private static WeftBuilder builder() {
        return Servers.builder(Options.defaults());
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> failureOf(WeftBuilder builder) {
        return assertThatThrownBy(() -> {
            try (Weft server = builder.start()) {
                throw new AssertionError("it started on port " + server.port());
            }
        });
    }

    @Test
    void saysThatThePortIsInUse() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            failureOf(builder().port(taken.getLocalPort()))
                    .isInstanceOf(WeftException.class)
                    .hasMessage("cannot listen on /127.0.0.1:" + taken.getLocalPort()
                            + ": Address already in use; stop what uses the port, or choose another one with .port(…),"
                            + " 0 for any");
        }
    }

    @Test
    void saysWhatAHandlerClassNeeds() {
        failureOf(builder().handlers(NeedyHandlers.class))
                .isInstanceOf(WeftException.class)
                .hasMessage(
                        PACKAGE + "NeedyHandlers needs a " + PACKAGE + "NeedyHandlers$Ledger, and none was provided;"
                                + " add .provide(new Ledger(…)) to the builder");
    }

    @Test
    void saysThatTwoClassesHandleOneNamespace() {
        failureOf(builder().handlers(ErrorHandlers.class).scan(PACKAGE + "other"))
                .isInstanceOf(WeftException.class)
                .hasMessage("namespace /errors has two handler classes, the second one is " + PACKAGE
                        + "ErrorHandlers; put their methods into one class or give one another namespace");
    }

    @Test
    void saysThatAClassHasNoDispatcher() {
        failureOf(builder().handlers(String.class))
                .isInstanceOf(WeftException.class)
                .hasMessage("java.lang.String has no generated dispatcher; annotate it with @Endpoint or"
                        + " @WebSocketEndpoint and compile it with weft-processor in annotationProcessorPaths");
    }

    @Test
    void saysWhatAPathLacks() {
        String sentence = "path \"chat\" must start with \"/\"; did you mean \"/chat\"?";
        failureOf(builder().path("chat")).isInstanceOf(WeftException.class).hasMessage(sentence);
        assertThatThrownBy(() -> builder().webSocket("chat", webSocket -> {})).hasMessage(sentence);
        assertThatThrownBy(() -> builder().engine("chat", session -> {})).hasMessage(sentence);
        failureOf(builder().namespace("chat", namespace -> {}))
                .isInstanceOf(WeftException.class)
                .hasMessage("namespace \"chat\" must start with \"/\"; did you mean \"/chat\"?");
    }

    @Test
    void saysThatAPathIsTaken() {
        WeftBuilder builder = builder().webSocket("/chat", webSocket -> {});
        assertThatThrownBy(() -> builder.webSocket("/chat", webSocket -> {}))
                .isInstanceOf(WeftException.class)
                .hasMessage("WebSocket path /chat has two handlers; give one another path");
    }

    @Test
    void saysWhatAnOriginIs() {
        failureOf(builder().allowOrigins("https://example.org/page"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected an origin such as https://example.org or http://localhost:5173 (no path, no"
                        + " wildcard; use a predicate for patterns) but was \"https://example.org/page\"");
    }

    @Test
    void closesTheAdaptersThatItHasMade() throws IOException {
        AtomicInteger open = new AtomicInteger();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            failureOf(builder()
                            .port(taken.getLocalPort())
                            .adapter((name, sockets) -> counted(open))
                            .namespace("/one", namespace -> {})
                            .namespace("/two", namespace -> {}))
                    .isInstanceOf(WeftException.class);
        }
        assertThat(open).hasValue(0);
    }

    private static Adapter counted(AtomicInteger open) {
        open.incrementAndGet();
        return (Adapter) Proxy.newProxyInstance(
                Adapter.class.getClassLoader(), new Class<?>[] {Adapter.class}, (adapter, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        open.decrementAndGet();
                    }
                    return null;
                });
    }

    @Test
    void whatWasMissingCanBeProvided() throws IOException {
        try (Weft server = builder()
                        .provide(new NeedyHandlers.Ledger(12))
                        .handlers(NeedyHandlers.class)
                        .start();
                Peer peer = Peer.Via.WEBSOCKET.open(server.port())) {
            peer.send("40/needy,");
            peer.next();
            peer.send("42/needy,1[\"balance\"]");
            assertThat(peer.next()).isEqualTo("43/needy,1[12]");
        }
    }
}
