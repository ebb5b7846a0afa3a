package dev.weft.net;

import dev.weft.DisconnectReason;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Accepts TCP connections on a platform thread and starts one virtual thread for each. Keeps the only list of open
 * connections, and watches their writes.
 */
public final class Listener implements AutoCloseable {
    private static final Logger LOG = System.getLogger("dev.weft");
    private static final long PAUSE_AFTER_FAILURE_NANOS = 20_000_000;
    private static final int WATCHES_PER_TIMEOUT = 10;
    private static final int MAX_DISMISSED_BYTES = 16 * 1024;

    private final ServerSocket server;
    private final Consumer<TcpConnection> loop;
    private final NetRuntime runtime;
    private final Duration writeTimeout;
    private final int sendBuffer;
    private final @Nullable TlsLayer tls;
    private final Set<TcpConnection> connections = ConcurrentHashMap.newKeySet();
    private final @Nullable Introductions introductions;
    private final Clock.Timer watchdog;

    /**
     * Binds and starts to accept.
     *
     * @param introductions what proxies tell before anything else, or null if they do not
     * @param tls what encrypts connections, or null if they are plain
     * @param loop serves one connection on its virtual thread until it ends or reading is handed on
     * @throws IOException if the address cannot be bound
     */
    public Listener(
            InetSocketAddress address,
            int backlog,
            Duration writeTimeout,
            int sendBuffer,
            @Nullable Introductions introductions,
            @Nullable TlsLayer tls,
            NetRuntime runtime,
            Consumer<TcpConnection> loop)
            throws IOException {
        this.loop = loop;
        this.runtime = runtime;
        this.introductions = introductions;
        this.writeTimeout = writeTimeout;
        this.sendBuffer = sendBuffer;
        this.tls = tls;
        server = new ServerSocket();
        server.setReuseAddress(true);
        try {
            server.bind(address, backlog);
        } catch (IOException | RuntimeException e) {
            closeQuietly(server);
            throw e;
        }
        watchdog = runtime.clock().repeat(writeTimeout.dividedBy(WATCHES_PER_TIMEOUT), this::watch);
        Thread.ofPlatform().daemon().name("weft-acceptor").start(this::accept);
    }

    /** Returns the port. */
    public int port() {
        return server.getLocalPort();
    }

    /** Returns how many connections are open. */
    public int open() {
        return connections.size();
    }

    /** Accepts nothing more; open connections go on. */
    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the listening socket did not close", e);
        }
    }

    /** Kills the connections on which nothing is under way. */
    public void killIdle() {
        for (TcpConnection connection : connections) {
            if (connection.idle()) {
                connection.kill(DisconnectReason.SERVER_SHUTTING_DOWN);
            }
        }
    }

    /** Kills every open connection, and stops watching. */
    public void killAll() {
        watchdog.cancel();
        connections.forEach(connection -> connection.kill(DisconnectReason.SERVER_SHUTTING_DOWN));
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                admit(server.accept());
            } catch (Throwable t) {
                if (!server.isClosed()) {
                    runtime.failures().peer(PeerFault.NO_PLACE, "could not accept a connection: " + t);
                    LockSupport.parkNanos(PAUSE_AFTER_FAILURE_NANOS); // out of descriptors: let some close
                }
            }
        }
    }

    private void admit(Socket tcp) throws IOException {
        switch (runtime.admission().connection(tcp.getInetAddress())) {
            case Admission.Refusal refusal -> dismiss(tcp, refusal);
            case Admission.Permit permit -> start(tcp, permit);
        }
    }

    private void start(Socket tcp, Admission.Permit permit) {
        try {
            Thread.ofVirtual().name("weft-connection").start(() -> serve(tcp, permit));
        } catch (Throwable t) {
            permit.close();
            closeQuietly(tcp);
            throw t;
        }
    }

    /** Closes at once; what has come already is taken in first, or the peer would see a reset. */
    private void dismiss(Socket tcp, Admission.Refusal refusal) {
        runtime.failures().peer(PeerFault.NO_PLACE, refusal.text());
        try (tcp) {
            InputStream in = tcp.getInputStream();
            in.skipNBytes(Math.min(in.available(), MAX_DISMISSED_BYTES));
        } catch (IOException e) {
            // the peer is gone already
        }
    }

    private void serve(Socket tcp, Admission.Permit permit) {
        try {
            TcpConnection connection = register(tcp, permit);
            if (server.isClosed()) {
                connection.kill(DisconnectReason.SERVER_SHUTTING_DOWN);
            }
            try {
                if (introductions == null || introductions.receive(connection, tcp, runtime)) {
                    loop.accept(connection);
                }
            } finally {
                connection.release();
            }
        } catch (Throwable t) {
            closeQuietly(tcp); // the peer may be gone before it is served
            runtime.failures().unlessPeer("a connection", t);
        }
    }

    /** From here on the connection gives {@code permit} back. */
    private TcpConnection register(Socket tcp, Admission.Permit permit) throws IOException {
        boolean registered = false;
        try {
            if (sendBuffer > 0) {
                tcp.setSendBufferSize(sendBuffer);
            }
            TcpConnection connection = new TcpConnection(tcp, tls, runtime.carriers(), connections::remove);
            connection.hold(permit);
            connections.add(connection);
            registered = true;
            return connection;
        } finally {
            if (!registered) {
                permit.close();
            }
        }
    }

    private void watch() {
        runtime.admission().sweep();
        long now = runtime.carriers().time();
        long limit = writeTimeout.toNanos();
        for (TcpConnection connection : connections) {
            if (connection.writeStuck(now, limit)) {
                connection.kill(DisconnectReason.WRITE_TIMEOUT);
            }
        }
    }

    private static void closeQuietly(Closeable tcp) {
        try {
            tcp.close();
        } catch (IOException e) {
            // closed is what it should be
        }
    }
}
