package dev.weft.http;

import dev.weft.DisconnectReason;
import dev.weft.HttpRequest;
import dev.weft.HttpResponse;
import dev.weft.net.TcpConnection;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One request and its one response. A handler that returns without having responded has parked the exchange: another
 * thread responds later, while the connection's own thread watches whether the peer stays.
 */
public final class Exchange {
    private static final int JOINED_BODY = 16 * 1024;

    private final HttpRequest request;
    private volatile boolean keepAlive;
    private final TcpConnection connection;
    private final UnaryOperator<HttpResponse> decoration;
    private final AtomicBoolean answered = new AtomicBoolean();
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile boolean written;

    /** Runs on the connection's thread if the peer goes away while the exchange is parked. */
    private volatile Runnable onAbort = () -> {};

    /** Runs once after the response has been written. */
    private final AtomicReference<Runnable> onDone = new AtomicReference<>(Exchange::nothing);

    /**
     * Creates an exchange.
     *
     * @param decoration what every response gets, such as CORS header fields
     */
    public Exchange(
            HttpRequest request, boolean keepAlive, TcpConnection connection, UnaryOperator<HttpResponse> decoration) {
        this.request = request;
        this.keepAlive = keepAlive;
        this.connection = connection;
        this.decoration = decoration;
    }

    /** Returns the request, with its body. */
    public HttpRequest request() {
        return request;
    }

    /** Returns whether the connection may serve another request after this one. */
    public boolean keepAlive() {
        return keepAlive;
    }

    /** Writes the response; may block. Only the first call does anything; returns whether it was this one. */
    public boolean respond(HttpResponse response) throws IOException {
        if (!answered.compareAndSet(false, true)) {
            return false;
        }
        boolean whole = false;
        try {
            write(response);
            whole = true;
        } finally {
            if (!whole) {
                // The peer would take the next response for this one.
                keepAlive = false;
                connection.kill(DisconnectReason.TRANSPORT_ERROR);
            }
            written = true;
            onDone.getAndSet(Exchange::nothing).run();
            done.countDown();
        }
        return true;
    }

    /** A large body is not copied behind its head: the peer may take it slowly, and many may take the same file. */
    private void write(HttpResponse response) throws IOException {
        keepAlive &= !HttpWriter.closes(response);
        boolean headOnly = request.method().equals("HEAD");
        HttpResponse decorated = decoration.apply(response);
        if (headOnly || decorated.body().size() <= JOINED_BODY) {
            connection.write(HttpWriter.encode(decorated, keepAlive, headOnly));
        } else {
            connection.write(HttpWriter.encode(decorated, keepAlive, true));
            connection.write(HttpWriter.bodyOf(decorated));
        }
    }

    /** Returns why the connection was cut, or null if it was not. */
    public @Nullable DisconnectReason killedBecause() {
        return connection.killedBecause();
    }

    /** Returns whether a response has been given. */
    public boolean answered() {
        return answered.get();
    }

    /** Sets what happens if the peer goes away while the exchange is parked. */
    public void onAbort(Runnable action) {
        onAbort = action;
    }

    /** Tells that the peer went away, or that there will be no response: the connection is cut. */
    public void abort() {
        if (answered.compareAndSet(false, true)) {
            keepAlive = false;
            connection.kill(DisconnectReason.TRANSPORT_ERROR);
            done.countDown();
            onAbort.run();
        }
    }

    /** Sets what happens once after the response; if the response has been written, now. */
    public void onDone(Runnable action) {
        onDone.set(action);
        if (written) {
            onDone.getAndSet(Exchange::nothing).run();
        }
    }

    /** Waits until the response has been written. */
    public void awaitDone() throws InterruptedException {
        done.await();
    }

    private static void nothing() {
        // no one waits for the response
    }
}
