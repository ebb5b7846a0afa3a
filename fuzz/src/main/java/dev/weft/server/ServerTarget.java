package dev.weft.server;

import dev.weft.Message;
import dev.weft.Session;
import dev.weft.WebSocket;
import dev.weft.fuzz.Expect;
import dev.weft.fuzz.Recipe;
import dev.weft.packet.FuzzedEndpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A whole server in this JVM, over real connections: an input is a recipe for what a few clients do. After each one a
 * client that was there before still gets its answer, so does a new one, every connection ends when its client ends it,
 * and the server has counted no failure. Every now and then everything that clients left behind must be gone.
 */
public final class ServerTarget {
    private static final Duration SHORT = Duration.ofSeconds(5);
    private static final int PATIENCE_SECONDS = 60;
    private static final int INPUTS_BETWEEN_CHECKS = 2000;
    private static final int MAX_STEPS = 30;
    private static final int EXIT_FINDING = 77;

    private static @Nullable Weft server;
    private static Leftovers before = Leftovers.now();
    private static int inputs;

    private ServerTarget() {}

    /** Starts the server. */
    public static void fuzzerInitialize() throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "served"));
        Files.writeString(folder.resolve("index.html"), "hello");
        Options options = Options.defaults()
                .pingInterval(SHORT)
                .pingTimeout(SHORT)
                .connectTimeout(SHORT)
                .upgradeTimeout(SHORT)
                .attachmentTimeout(SHORT)
                .ackTimeout(SHORT)
                .closeTimeout(SHORT)
                .idleTimeout(SHORT)
                .maxPayload(5000)
                .maxMessage(3000)
                .maxFragments(10)
                .maxBody(3000)
                .maxHeaders(30)
                .maxInboxBytes(20_000)
                .maxQueuedBytes(200_000);
        openAndClose();
        before = Leftovers.now();
        server = Weft.builder()
                .host("127.0.0.1")
                .port(0)
                .options(options)
                .allowOrigins("https://example.org")
                .staticFiles("/files", folder.toString())
                .http(
                        "/route",
                        request -> dev.weft.HttpResponse.text(
                                200, "size " + request.body().size()))
                .webSocket("/raw", ServerTarget::echo, "chat")
                .engine("/engine", ServerTarget::echo)
                .namespace("/n", namespace -> namespace.onConnect(socket -> socket.emit("hello", socket.id())))
                .handlers(FuzzedEndpoint.class)
                .start();
    }

    /** The Java platform keeps a socket of its own from the first one on. */
    private static void openAndClose() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(listener.getInetAddress(), listener.getLocalPort());
                Socket accepted = listener.accept()) {
            accepted.getOutputStream().write(1);
            client.getInputStream().read();
        }
    }

    private static void echo(WebSocket webSocket) {
        for (Message message; (message = webSocket.receive()) != null; ) {
            webSocket.send(message);
        }
    }

    private static void echo(Session session) {
        for (Message message; (message = session.receive()) != null; ) {
            session.send(message);
        }
    }

    private static Weft running() {
        return java.util.Objects.requireNonNull(server);
    }

    /** Takes an input. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        Weft weft = running();
        Recipe recipe = new Recipe(input);
        try (Control there = new Control(weft.port())) {
            try (Visitors visitors = new Visitors(weft.port())) {
                for (int steps = 0; recipe.more() && steps < MAX_STEPS; steps++) {
                    visitors.step(recipe);
                }
            }
            there.check();
        }
        try (Control fresh = new Control(weft.port())) {
            fresh.check();
        }
        Stats stats = weft.stats();
        Expect.same("unexpected failures", 0L, stats.unexpectedFailures());
        Expect.same("failures of handlers", 0L, stats.handlerFailures());
        if (++inputs % INPUTS_BETWEEN_CHECKS == 0) {
            awaitEmpty(weft);
        }
    }

    private static void awaitEmpty(Weft weft) {
        long deadline = System.nanoTime() + Duration.ofSeconds(PATIENCE_SECONDS).toNanos();
        while (!isEmpty(weft.stats())) {
            Expect.that(System.nanoTime() < deadline, "expected no connections but there were " + weft.stats());
            LockSupport.parkNanos(10_000_000);
        }
    }

    private static boolean isEmpty(Stats stats) {
        return List.of(stats.connections(), stats.sessions(), stats.sockets(), stats.pendingAcks(), stats.timers())
                .stream()
                .allMatch(count -> count == 0);
    }

    /** Stops the server; nothing is left of it. This runs while the JVM ends, where a failure can only be printed. */
    public static void fuzzerTearDown() {
        try {
            stop(running());
        } catch (Throwable t) {
            System.err.println("== Java Exception: " + t);
            Runtime.getRuntime().halt(EXIT_FINDING);
        }
    }

    private static void stop(Weft weft) {
        weft.close();
        long deadline = System.nanoTime() + Duration.ofSeconds(PATIENCE_SECONDS).toNanos();
        while (!Leftovers.now().within(before)) {
            Expect.that(System.nanoTime() < deadline, "expected " + before + " but there were " + Leftovers.now());
            LockSupport.parkNanos(10_000_000);
        }
        Expect.that(isEmpty(weft.stats()), "expected nothing but there were " + weft.stats());
    }
}
