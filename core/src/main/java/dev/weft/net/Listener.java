package dev.weft.net;

import dev.weft.DisconnectReason;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
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

    private final ServerSocket server;
    private final Consumer<TcpConnection> loop;
    private final NetRuntime runtime;
    private final int maxConnections;
    private final Duration writeTimeout;
    private final int sendBuffer;
    private final @Nullable TlsLayer tls;
    private final Set<TcpConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger starting = new AtomicInteger();
    private final Clock.Timer watchdog;

    /**
     * Binds and starts to accept.
     *
     * @param tls what encrypts connections, or null if they are plain
     * @param loop serves one connection on its virtual thread until it ends or reading is handed on
     * @throws IOException if the address cannot be bound
     */
    public Listener(
            InetSocketAddress address,
            int backlog,
            int maxConnections,
            Duration writeTimeout,
            int sendBuffer,
            @Nullable TlsLayer tls,
            NetRuntime runtime,
            Consumer<TcpConnection> loop)
            throws IOException {
        this.loop = loop;
        this.runtime = runtime;
        this.maxConnections = maxConnections;
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
        watchdog = runtime.clock().repeat(writeTimeout.dividedBy(WATCHES_PER_TIMEOUT), this::killStuckWriters);
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
        if (connections.size() + starting.get() >= maxConnections) {
            runtime.failures().peer(PeerFault.NO_PLACE, "there are as many connections as maxConnections allows");
            tcp.close();
            return;
        }
        starting.incrementAndGet();
        try {
            Thread.ofVirtual().name("weft-connection").start(() -> serve(tcp));
        } catch (Throwable t) {
            starting.decrementAndGet();
            closeQuietly(tcp);
            throw t;
        }
    }

    private void serve(Socket tcp) {
        try {
            TcpConnection connection = register(tcp);
            if (server.isClosed()) {
                connection.kill(DisconnectReason.SERVER_SHUTTING_DOWN);
            }
            try {
                loop.accept(connection);
            } finally {
                connection.release();
            }
        } catch (Throwable t) {
            closeQuietly(tcp); // the peer may be gone before it is served
            runtime.failures().unlessPeer("a connection", t);
        }
    }

    private TcpConnection register(Socket tcp) throws IOException {
        try {
            if (sendBuffer > 0) {
                tcp.setSendBufferSize(sendBuffer);
            }
            TcpConnection connection = new TcpConnection(tcp, tls, runtime.carriers(), connections::remove);
            connections.add(connection);
            return connection;
        } finally {
            starting.decrementAndGet();
        }
    }

    private void killStuckWriters() {
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
