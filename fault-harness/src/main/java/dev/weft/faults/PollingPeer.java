package dev.weft.faults;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/** A client over long-polling: one connection for its GETs, one for its POSTs. */
public final class PollingPeer extends Peer {
    private final RawConnection gets;
    private final RawConnection posts;
    private final String target;
    private final AtomicBoolean underWay = new AtomicBoolean();
    private volatile boolean polls;
    private final ReentrantLock posting = new ReentrantLock();

    private PollingPeer(RawConnection gets, RawConnection posts, String target) {
        this.gets = gets;
        this.posts = posts;
        this.target = target;
    }

    public static PollingPeer open(int port) throws IOException {
        PollingPeer peer = idle(port);
        peer.polls = true;
        Thread.ofVirtual().name("peer").start(peer::poll);
        return peer;
    }

    /** Returns a client that has opened a session and sends no GET until told to. */
    public static PollingPeer idle(int port) throws IOException {
        String target = PollingSession.open(port, "/socket.io/").target("polling");
        return new PollingPeer(
                RawConnection.open(port).readLimit(0), RawConnection.open(port).readLimit(0), target);
    }

    public String target() {
        return target;
    }

    private void poll() {
        try {
            while (!hasEnded()) {
                pollOnce();
            }
        } catch (IOException e) {
            ended();
        }
    }

    /** Sends one GET and takes in what it brings. */
    public void pollOnce() throws IOException {
        RawHttp.Response response = exchange();
        if (response.status() != 200) {
            ended();
            return;
        }
        for (String packet : response.text().split(PollingSession.NEXT, -1)) {
            if (packet.equals("1")) {
                ended();
            } else if (!packet.equals("6")) {
                received(packet);
            }
        }
    }

    private RawHttp.Response exchange() throws IOException {
        gets.send(RawHttp.get(target));
        underWay.set(true);
        RawHttp.Response response = RawHttp.read(gets);
        if (!underWay.compareAndSet(true, false)) {
            throw new IOException("closed");
        }
        return response;
    }

    /** Waits for a GET to be under way and keeps it so: only then does a server see the connection go. */
    private void holdGet() {
        Await.until("a GET under way", PATIENCE, () -> !polls || hasEnded() || underWay.compareAndSet(true, false));
        ended();
    }

    /** Sends all packets in one POST and waits for its answer. */
    @Override
    public void send(String... packets) throws IOException {
        posting.lock();
        try {
            String body = String.join(PollingSession.NEXT, packets);
            RawHttp.Response response = RawHttp.read(posts.send(RawHttp.post(target, body)));
            if (response.status() != 200) {
                throw new IOException("POST got " + response.status() + " " + response.text());
            }
        } finally {
            posting.unlock();
        }
    }

    @Override
    public void reset() throws IOException {
        holdGet();
        gets.reset();
        posts.reset();
    }

    @Override
    public void close() throws IOException {
        holdGet();
        gets.close();
        posts.close();
    }
}
