package dev.weft.net;

import dev.weft.DisconnectReason;
import dev.weft.bytes.Bytes;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One TCP connection. Reading belongs to the thread that owns the connection, writing to one thread at a time; {@link
 * #kill} is for any thread and never blocks, because it closes the raw socket.
 */
public final class TcpConnection {
    /** A write makes progress chunk by chunk. */
    private static final int CHUNK = 32 * 1024;

    private static final int LINGER_BYTES = 1024 * 1024;

    private final Socket tcp;
    private final Carriers carriers;
    private final ByteInput input;
    private final OutputStream output;
    /** The peer, or the client that a proxy has introduced before anything else. */
    private volatile InetSocketAddress remoteAddress;

    private final AtomicReference<@Nullable DisconnectReason> killed = new AtomicReference<>();

    /** Whoever reads last lets the connection go; reading may be handed from thread to thread. */
    private volatile Thread reader = Thread.currentThread();

    /** When the write under way made progress last, in {@link Carriers#time()}; 0 while there is none. */
    private volatile long writeProgress;

    private final Consumer<TcpConnection> onRelease;

    /** What the connection gives back at its end; belongs to the thread that reads. */
    private Runnable returns = () -> {};

    private volatile Runnable onKill = () -> {};

    /** Whether nothing is asked and nothing is owed on the connection: it may be cut when the server stops. */
    private volatile boolean idle;

    TcpConnection(Socket tcp, Carriers carriers, Consumer<TcpConnection> onRelease) throws IOException {
        this.tcp = tcp;
        this.carriers = carriers;
        this.onRelease = onRelease;
        tcp.setTcpNoDelay(true);
        input = new ByteInput(tcp.getInputStream(), carriers::time);
        output = tcp.getOutputStream();
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
        return false;
    }

    /** Writes all of {@code bytes}; blocks while the peer does not read, until the watchdog kills the connection. */
    public void write(Bytes bytes) throws IOException {
        boolean interrupted = Thread.interrupted(); // an interrupted virtual thread would lose the socket
        try {
            for (int from = 0; from < bytes.size(); from += CHUNK) {
                writeProgress = carriers.time() | 1;
                bytes.slice(from, Math.min(bytes.size(), from + CHUNK)).writeTo(output);
            }
        } finally {
            writeProgress = 0;
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
        try {
            tcp.shutdownOutput();
            tcp.setSoTimeout(Math.max(1, timeoutMillis));
            long deadline = System.nanoTime() + timeoutMillis * 1_000_000L;
            byte[] sink = new byte[4096];
            int total = 0;
            int read;
            while (total < LINGER_BYTES
                    && System.nanoTime() < deadline
                    && (read = input.read(sink, 0, sink.length)) >= 0) {
                total += read;
            }
        } catch (IOException e) {
            // the peer is gone, which is what we wait for
        } finally {
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
        long since = writeProgress;
        return since != 0 && now - since > limitNanos;
    }
}
