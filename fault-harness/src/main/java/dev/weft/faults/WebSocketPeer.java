package dev.weft.faults;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;

/** A client over WebSocket. */
public final class WebSocketPeer extends Peer {
    private static final String TARGET = "/socket.io/?EIO=4&transport=websocket";

    private final RawWebSocket webSocket;
    private final ReentrantLock sending = new ReentrantLock();

    private WebSocketPeer(RawWebSocket webSocket) {
        this.webSocket = webSocket;
    }

    public static WebSocketPeer open(int port) throws IOException {
        return over(RawConnection.open(port));
    }

    /** Returns a client over {@code connection}, which is new. */
    public static WebSocketPeer over(RawConnection connection) throws IOException {
        connection.send(RawWebSocket.handshake(TARGET)).readLimit(0);
        WebSocketPeer peer = new WebSocketPeer(RawWebSocket.upgraded(connection));
        peer.webSocket.text();
        Thread.ofVirtual().name("peer").start(peer::read);
        return peer;
    }

    public RawWebSocket webSocket() {
        return webSocket;
    }

    private void read() {
        try {
            for (Frame frame = webSocket.message(); ; frame = webSocket.message()) {
                received(frame.utf8());
            }
        } catch (IOException | AssertionError e) {
            ended(); // an end, or a close frame
        }
    }

    /** Sends all packets in one segment. */
    @Override
    public void send(String... packets) throws IOException {
        Frame[] frames = new Frame[packets.length];
        for (int i = 0; i < packets.length; i++) {
            frames[i] = Frame.text(packets[i]);
        }
        send(frames);
    }

    public void send(Frame... frames) throws IOException {
        sending.lock();
        try {
            webSocket.send(frames);
        } finally {
            sending.unlock();
        }
    }

    @Override
    public void reset() throws IOException {
        webSocket.raw().reset();
    }

    @Override
    public void close() throws IOException {
        webSocket.close();
    }
}
