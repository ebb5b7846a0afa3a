package dev.weft.net;

import dev.weft.DisconnectReason;
import dev.weft.bytes.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One TCP connection. Reading belongs to the thread that owns the connection, writing to one thread at a time; {@link
 * #kill} is for any thread and never blocks, because it closes the raw socket.
 */
public final class TcpConnection {
    private static final Logger LOG = System.getLogger("dev.weft");
    private static final int LINGER_BYTES = 1024 * 1024;
    private static final int SINK = 256;
    private static final int ALERT_LINGER_MILLIS = 1_000;

    private final Socket tcp;
    private final Carriers carriers;
    private final ByteInput input;
    private final WatchedOutput watched;
    private final Wire wire;

    /** The peer, or the client that a proxy has introduced before anything else. */
    private volatile InetSocketAddress remoteAddress;

    private final AtomicReference<@Nullable DisconnectReason> killed = new AtomicReference<>();

    /** Whoever reads last lets the connection go; reading may be handed from thread to thread. */
    private volatile Thread reader = Thread.currentThread();

    private final Consumer<TcpConnection> onRelease;

    /** What the connection gives back at its end; belongs to the thread that reads. */
    private Runnable returns = () -> {};

    private volatile Runnable onKill = () -> {};

    /** Whether nothing is asked and nothing is owed on the connection: it may be cut when the server stops. */
    private volatile boolean idle;

    TcpConnection(Socket tcp, @Nullable TlsLayer tls, Carriers carriers, Consumer<TcpConnection> onRelease)
            throws IOException {
        this.tcp = tcp;
        this.carriers = carriers;
        this.onRelease = onRelease;
        tcp.setTcpNoDelay(true);
        watched = new WatchedOutput(tcp.getOutputStream(), carriers::time);
        wire = tls == null ? new PlainWire(tcp, watched) : new TlsWire(tcp, watched, tls, carriers);
        input = new ByteInput(wire.input(), carriers::time);
        remoteAddress = (InetSocketAddress) tcp.getRemoteSocketAddress();
    }

    /** Returns what the peer sends. */
    public ByteInput input() {
        return input;
    }

    /** Returns the address of the peer, or of the client that a proxy has introduced. */
    public InetSocketAddress remoteAddress() {
        return remoteAddress;
    }

    /** A proxy has introduced its client. */
    void introduced(InetSocketAddress client) {
        remoteAddress = client;
    }

    /** Lets the connection give {@code permit} back at its end; for the thread that reads. */
    public void hold(Admission.Permit permit) {
        Runnable before = returns;
        returns = () -> {
            permit.close();
            before.run();
        };
    }

    /** Returns whether the connection is encrypted. */
    public boolean secure() {
        return wire.secure();
    }

    /**
     * Agrees with the peer on how to speak: the TLS handshake, if there is one. Called once, before anything is read or
     * written; blocks until the peer has done its part or the connection is killed.
     *
     * @return false if the peer speaks plainly where TLS is expected: nothing can be read then, but it may be told so
     */
    public boolean open() throws IOException {
        try {
            return wire.open();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, () -> "TLS handshake with " + remoteAddress + " failed: " + e);
            closeGently(ALERT_LINGER_MILLIS); // a fatal alert tells the peer what is wrong
            throw e;
        }
    }

    /** Writes all of {@code bytes}; blocks while the peer does not read, until the watchdog kills the connection. */
    public void write(Bytes bytes) throws IOException {
        boolean interrupted = Thread.interrupted(); // an interrupted virtual thread would lose the socket
        try {
            bytes.writeTo(wire.output());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Cuts the connection now; the first reason counts. Whoever reads or writes wakes with an exception. */
    public void kill(DisconnectReason reason) {
        boolean first = killed.compareAndSet(null, reason);
        try {
            tcp.close();
        } catch (IOException e) {
            // closed is what it should be
        }
        if (first) {
            onKill.run();
        }
    }

    /** Sets what happens, on any thread, as soon as the connection is cut; runs it now if it has been. Must not block. */
    public void onKill(Runnable action) {
        onKill = action;
        if (killed.get() != null) {
            action.run();
        }
    }

    /** Returns why the connection was killed, or null if it was not. */
    public @Nullable DisconnectReason killedBecause() {
        return killed.get();
    }

    /**
     * Ends the connection after an answer that the peer should still see: sends FIN, reads on until the peer has closed
     * too, then closes. Closing with unread input would send RST, and the answer could be lost.
     */
    public void closeGently(int timeoutMillis) {
        Clock.Timer limit =
                carriers.deadline(Duration.ofMillis(timeoutMillis), () -> kill(DisconnectReason.TRANSPORT_CLOSE));
        try {
            wire.endOutput();
            InputStream raw = tcp.getInputStream();
            byte[] sink = new byte[SINK]; // many may end at once, and wait for their peers
            int total = 0;
            int read;
            while (total < LINGER_BYTES && (read = raw.read(sink, 0, sink.length)) >= 0) {
                total += read;
            }
        } catch (IOException e) {
            // the peer is gone, which is what we wait for
        } finally {
            limit.cancel();
            kill(DisconnectReason.TRANSPORT_CLOSE);
        }
    }

    /** Returns how many received bytes nobody has looked at yet; 0 if the connection is closed. */
    public int unread() {
        try {
            return input.pending();
        } catch (IOException e) {
            return 0;
        }
    }

    /** Makes {@code thread} the one that reads, and lets the connection go at the end. */
    public void handReadingTo(Thread thread) {
        reader = thread;
    }

    /** Lets the connection go if the calling thread is the one that reads; the last act of every thread that did. */
    public void release() {
        if (!isReader()) {
            return;
        }
        try {
            onRelease.accept(this);
            kill(DisconnectReason.TRANSPORT_CLOSE);
        } finally {
            returns.run();
        }
    }

    /** Returns whether the calling thread is the one that reads. */
    public boolean isReader() {
        return Thread.currentThread().equals(reader);
    }

    /** Tells whether the connection waits for a first or another request. */
    public void idle(boolean value) {
        idle = value;
    }

    boolean idle() {
        return idle;
    }

    /** Returns for how long the peer has sent nothing, in nanoseconds of {@link Carriers#time()}. */
    public long silence() {
        return carriers.time() - input.lastRead();
    }

    boolean writeStuck(long now, long limitNanos) {
        return watched.stuck(now, limitNanos);
    }
}
