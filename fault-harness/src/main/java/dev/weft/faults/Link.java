package dev.weft.faults;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** One connection through a {@link FaultProxy}: two TCP connections and a flow in each direction. Thread-safe. */
public final class Link {
    private final Socket client;
    private final Socket server;
    private final Consumer<Link> onClose;
    private final Flow toServer;
    private final Flow toClient;
    private final AtomicInteger flowing = new AtomicInteger(2);

    Link(Socket client, Socket server, Consumer<Link> onClose) {
        this.client = client;
        this.server = server;
        this.onClose = onClose;
        toServer = new Flow(this, client, server);
        toClient = new Flow(this, server, client);
    }

    void start() {
        toServer.start();
        toClient.start();
    }

    /** Returns what the client sends. */
    public Flow toServer() {
        return toServer;
    }

    /** Returns what the server sends. */
    public Flow toClient() {
        return toClient;
    }

    /** Swallows everything in both directions from now on, ends included: each side believes that the other is silent. */
    public void blackhole() {
        toServer.blackhole();
        toClient.blackhole();
    }

    /** Cuts both connections with a FIN. */
    public void cut() {
        toServer.end();
        toClient.end();
    }

    /** Cuts both connections with a reset. */
    public void reset() {
        resetServer();
        resetClient();
    }

    /** Cuts the connection to the server with a reset; the client's stays as it is. */
    public void resetServer() {
        toClient.blackhole();
        reset(server);
    }

    /** Cuts the connection to the client with a reset; the server's stays as it is. */
    public void resetClient() {
        toServer.blackhole();
        reset(client);
    }

    /** Ends everything and frees what the link holds. */
    void close() {
        reset(client);
        reset(server);
        toServer.stop();
        toClient.stop();
    }

    /** Called by a flow that passes nothing on any more. */
    void flowEnded() {
        if (flowing.decrementAndGet() == 0) {
            close(client); // both have had their FIN
            close(server);
            onClose.accept(this);
        }
    }

    static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // closed already
        }
        close(socket);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // closed is what it should be
        }
    }
}
