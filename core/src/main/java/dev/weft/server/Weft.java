package dev.weft.server;

import dev.weft.Broadcast;
import dev.weft.Namespace;
import dev.weft.WeftException;
import dev.weft.engine.EngineServer;
import dev.weft.net.AddressRanges;
import dev.weft.net.Introductions;
import dev.weft.net.Listener;
import dev.weft.net.NetRuntime;
import dev.weft.net.TcpConnection;
import dev.weft.net.TlsLayer;
import dev.weft.packet.Packet;
import dev.weft.socket.Hub;
import dev.weft.ws.Deflation;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A running server. Start reading here: a {@link WeftBuilder} puts it together, a {@link ConnectionLoop} serves each
 * connection, a {@link Router} chooses the protocol. Thread-safe.
 *
 * <pre>{@code
 * try (Weft server = Weft.builder().port(8080).discover().start()) {
 *     server.join();
 * }
 * }</pre>
 */
public final class Weft implements AutoCloseable {
    private final Options options;
    private final String host;
    private final @Nullable Tls tls;
    private final NetRuntime runtime;
    private final Hub hub;
    private final Router router;
    private final @Nullable Deflation deflation;
    private final Listener listener;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private volatile @Nullable Thread exitHook;
    private final CountDownLatch stopped = new CountDownLatch(1);

    Weft(
            String host,
            int port,
            Options options,
            @Nullable Tls tls,
            NetRuntime runtime,
            Hub hub,
            Router router,
            @Nullable Deflation deflation) {
        this.host = host;
        this.options = options;
        this.tls = tls;
        this.runtime = runtime;
        this.hub = hub;
        this.router = router;
        this.deflation = deflation;
        listener = listen(host, port);
    }

    private Listener listen(String bindHost, int port) {
        InetSocketAddress address =
                bindHost.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(bindHost, port);
        try {
            return new Listener(
                    address,
                    options.acceptBacklog(),
                    options.writeTimeout(),
                    options.sendBuffer(),
                    introductions(),
                    tlsLayer(),
                    runtime,
                    this::serve);
        } catch (BindException e) {
            throw new WeftException(
                    "cannot listen on " + address + ": " + e.getMessage()
                            + "; stop what uses the port, or choose another one with .port(…), 0 for any",
                    e);
        } catch (IOException e) {
            throw new WeftException("cannot listen on " + address + ": " + e.getMessage(), e);
        }
    }

    private @Nullable Introductions introductions() {
        return options.proxyProtocol()
                ? new Introductions(AddressRanges.of(options.trustedProxies()), options.handshakeTimeout())
                : null;
    }

    private @Nullable TlsLayer tlsLayer() {
        int computing = options.tlsHandshakesAtOnce() > 0
                ? options.tlsHandshakesAtOnce()
                : Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        return tls == null ? null : new TlsLayer(tls::context, computing);
    }

    private void serve(TcpConnection connection) {
        Runnable upgraded = new ConnectionLoop(connection, router, options, runtime).run();
        if (upgraded != null) {
            upgraded.run();
        }
    }

    /** Returns a builder with safe defaults. */
    public static WeftBuilder builder() {
        return new WeftBuilder();
    }

    /** Returns the port that the server listens on. */
    public int port() {
        return listener.port();
    }

    /** Returns the URL to open, with {@code localhost} for the host if the server binds all interfaces. */
    public URI url() {
        String shown = host.isEmpty() || host.equals("127.0.0.1") ? "localhost" : host;
        return URI.create((tls == null ? "http://" : "https://") + (shown.contains(":") ? "[" + shown + "]" : shown)
                + ":" + port() + "/");
    }

    /**
     * Returns namespace {@code name}, created if it does not exist.
     *
     * @throws WeftException if the name does not start with a slash
     */
    public Namespace namespace(String name) {
        return hub.namespace(name);
    }

    /** Sends an event to everyone in the main namespace, {@code "/"}; see {@link Broadcast#emit}. */
    public void emit(String event, @Nullable Object... args) {
        mainNamespace().emit(event, args);
    }

    /** Returns a broadcast to the members of rooms in the main namespace. */
    public Broadcast to(String... rooms) {
        return mainNamespace().to(rooms);
    }

    /** Returns a broadcast to the members of rooms in the main namespace; another name of {@link #to}. */
    public Broadcast in(String... rooms) {
        return mainNamespace().in(rooms);
    }

    /** Returns a broadcast to everyone in the main namespace but the members of rooms. */
    public Broadcast except(String... rooms) {
        return mainNamespace().except(rooms);
    }

    private Namespace mainNamespace() {
        return namespace(Packet.DEFAULT_NAMESPACE);
    }

    /** Returns what the server counts. */
    public Stats stats() {
        return new Stats(
                listener.open(),
                router.engines().values().stream().mapToLong(EngineServer::open).sum(),
                hub.sockets(),
                hub.pendingAcks(),
                runtime.admission().refused(),
                runtime.clock().armed(),
                runtime.drainers().drops().dropped().sum(),
                runtime.drainers().drops().replaced().sum(),
                runtime.failures().unexpectedCount(),
                runtime.failures().handlerCount());
    }

    /** Blocks until the server has stopped. */
    public void join() throws InterruptedException {
        stopped.await();
    }

    /**
     * Stops. {@code /readyz} answers 503 from now on and no new session begins; after {@code drainDelay} clients are told {@code
     * server shutting down}, in waves over {@code drainPeriod} if they are many, each when its running handler has finished and
     * what waits for it is on its way; what is left after {@code shutdownTimeout} is cut. Blocks until all that is done, be it
     * that another thread does it, and never longer than the three times together. A handler that calls it is waited for as
     * well: let another thread stop the server.
     */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted(); // stopping is not to be hurried
        if (!stopping.compareAndSet(false, true)) {
            awaitStop();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            return;
        }
        try {
            new Shutdown(options, runtime, listener, router).run();
        } finally {
            release();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Closes the server when the JVM exits, unless it has been closed before. */
    void closeOnExit() {
        Thread thread = new Thread(this::close, "weft-exit");
        Runtime.getRuntime().addShutdownHook(thread);
        exitHook = thread;
    }

    private void forgetExit() {
        Thread thread = exitHook;
        if (thread != null) {
            try {
                Runtime.getRuntime().removeShutdownHook(thread);
            } catch (IllegalStateException e) {
                // the JVM exits, and the hook may be what runs here
            }
        }
    }

    /** Another thread stops the server, which takes a limited time. */
    private void awaitStop() {
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void release() {
        try {
            listener.killAll();
            hub.close();
        } finally {
            if (deflation != null) {
                deflation.close();
            }
            runtime.close();
            forgetExit();
            stopped.countDown();
        }
    }
}
