package dev.weft.conformance.proxy;

import dev.weft.faults.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A running proxy: one process that keeps its files in a folder of its own, and ends with {@link #close}. */
final class Proxy implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(20);
    private static final int STARTS = 5;

    private final Kind.Ports ports;
    private final Path folder;
    private final Process process;

    private Proxy(Kind.Ports ports, Path folder, Process process) {
        this.ports = ports;
        this.folder = folder;
        this.process = process;
    }

    /** Starts {@code kind} with its documented configuration in front of the server on {@code serverPort}. */
    static Proxy start(Kind kind, int serverPort) {
        return start(kind, serverPort, UnaryOperator.identity());
    }

    /** Starts it with a changed configuration. Another process may take a port that was free, so it is tried again. */
    static Proxy start(Kind kind, int serverPort, UnaryOperator<Configuration> change) {
        String said = "";
        for (int i = 0; i < STARTS; i++) {
            Proxy proxy = launch(kind, serverPort, change);
            if (proxy.awaitReady()) {
                return proxy;
            }
            said = proxy.log();
            proxy.close();
        }
        throw new IllegalStateException(kind + " did not start: " + said);
    }

    private static Proxy launch(Kind kind, int serverPort, UnaryOperator<Configuration> change) {
        try {
            Kind.Ports ports = freePorts(serverPort);
            Path folder = Files.createTempDirectory("weft-" + kind.name().toLowerCase(Locale.ROOT));
            List<String> command = kind.command(folder, change.apply(kind.configuration(ports)));
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
            return new Proxy(ports, folder, process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Kind.Ports freePorts(int serverPort) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket plain = new ServerSocket(0, 1, loopback);
                ServerSocket tls = new ServerSocket(0, 1, loopback)) {
            return new Kind.Ports(plain.getLocalPort(), tls.getLocalPort(), serverPort);
        }
    }

    /** Returns whether it listens; false if it has ended. */
    private boolean awaitReady() {
        Await.until("the proxy listens", START_LIMIT, () -> !process.isAlive() || listens(ports.tls()));
        return process.isAlive();
    }

    private static boolean listens(int port) {
        try (Socket tcp = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return tcp.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    int plainPort() {
        return ports.plain();
    }

    int tlsPort() {
        return ports.tls();
    }

    /** Returns scheme, host and port. */
    String url(boolean tls) {
        return tls ? "https://127.0.0.1:" + ports.tls() : "http://127.0.0.1:" + ports.plain();
    }

    /** Returns what the proxy has printed. */
    String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(Proxy::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
