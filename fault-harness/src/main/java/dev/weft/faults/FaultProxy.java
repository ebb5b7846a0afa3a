package dev.weft.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A TCP proxy on loopback that harms the connections through it: each {@link Link}, and each of its two {@link Flow}s, by
 * itself, at run time or by a script. Without faults it passes everything on as it is, also FIN and RST. It keeps at most
 * {@link Flow#MAX_HELD} bytes of a flow; then TCP holds the sender back. Thread-safe.
 */
public final class FaultProxy implements AutoCloseable {
    private static final int BACKLOG = 1_000;
    private static final int CONNECT_LIMIT_MILLIS = 10_000;

    private final int target;
    private final Consumer<Link> script;
    private final ServerSocket server;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final BlockingQueue<Link> accepted = new LinkedBlockingQueue<>();
    private final Thread acceptor;

    /** Starts a proxy to {@code target}, a port of this machine. */
    public FaultProxy(int target) throws IOException {
        this(target, link -> {});
    }

    /** Starts a proxy that runs {@code script} on every new link before a byte flows. */
    public FaultProxy(int target, Consumer<Link> script) throws IOException {
        this.target = target;
        this.script = script;
        server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        acceptor = Thread.ofVirtual().name("fault-proxy-acceptor").start(this::accept);
    }

    /** Returns the port for clients. */
    public int port() {
        return server.getLocalPort();
    }

    /** Returns the links that are open now. */
    public Set<Link> links() {
        return Set.copyOf(links);
    }

    /** Waits for the next link that a client has opened, in their order. */
    public Link next() {
        try {
            Link link = accepted.poll(CONNECT_LIMIT_MILLIS, TimeUnit.MILLISECONDS);
            if (link == null) {
                throw new AssertionError("expected a client within " + CONNECT_LIMIT_MILLIS + " ms");
            }
            return link;
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                open(server.accept());
            } catch (IOException e) {
                // closed, or the target accepts nothing: its client sees the end
            }
        }
    }

    private void open(Socket client) throws IOException {
        Socket upstream = new Socket();
        try {
            upstream.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), CONNECT_LIMIT_MILLIS);
            client.setTcpNoDelay(true);
            upstream.setTcpNoDelay(true);
        } catch (IOException e) {
            client.close();
            upstream.close();
            throw e;
        }
        Link link = new Link(client, upstream, links::remove);
        links.add(link);
        script.accept(link);
        accepted.add(link);
        link.start();
        if (server.isClosed()) {
            link.close();
        }
    }

    /** Cuts all links and waits for the proxy's threads. */
    @Override
    public void close() throws IOException {
        server.close();
        links().forEach(Link::close);
        try {
            if (!acceptor.join(Duration.ofMillis(CONNECT_LIMIT_MILLIS))) {
                throw new AssertionError("the acceptor goes on");
            }
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }
}
