package dev.weft.server;

import dev.weft.DisconnectReason;
import dev.weft.HttpRequest;
import dev.weft.Message;
import dev.weft.Session;
import dev.weft.bytes.Bytes;
import dev.weft.engine.EngineListener;
import dev.weft.engine.EngineSession;
import dev.weft.engine.OutPacket;
import dev.weft.net.Delivery;
import dev.weft.net.Running;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One raw Engine.IO session: its handler runs on a virtual thread of its own and takes messages from a bounded queue. A
 * full queue holds back the reader, and so the client.
 */
final class RawSession implements Session, EngineListener {
    private static final int MAX_QUEUED_BYTES = 256 * 1024;
    private static final int OVERHEAD = 64;

    private final EngineSession session;
    private final Delivery delivery;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition change = lock.newCondition();

    // Guarded by lock.
    private final ArrayDeque<Message> received = new ArrayDeque<>();
    private long receivedBytes;
    private @Nullable DisconnectReason closed;

    private RawSession(EngineSession session, Delivery delivery) {
        this.session = session;
        this.delivery = delivery;
    }

    /** Starts {@code handler} for {@code session}, whose messages are queued as {@code delivery} says. */
    static RawSession start(EngineSession session, SessionHandler handler, Delivery delivery) {
        RawSession raw = new RawSession(session, delivery);
        Running running =
                new Running("the Engine.IO endpoint " + session.request().path());
        session.runtime().handlers().began(running);
        try {
            Thread.ofVirtual().name("weft-session").start(() -> raw.run(handler, running.here()));
        } catch (Throwable t) {
            session.runtime().handlers().ended(running);
            throw t;
        }
        return raw;
    }

    private void run(SessionHandler handler, Running running) {
        try {
            session.cork();
            handler.handle(this);
            session.uncork();
            session.finish();
        } catch (Throwable t) {
            session.runtime().failures().handler("an Engine.IO endpoint", t);
            session.close(DisconnectReason.FORCED_CLOSE);
        } finally {
            session.runtime().handlers().ended(running);
        }
    }

    @Override
    public String id() {
        return session.id();
    }

    @Override
    public HttpRequest request() {
        return session.request();
    }

    @Override
    public String transport() {
        return session.transport();
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return session.remoteAddress();
    }

    @Override
    public @Nullable Message receive() {
        session.runtime().carriers().giveWay();
        if (nothingWaits()) {
            session.flushElsewhere();
        }
        lock.lock();
        try {
            while (received.isEmpty() && closed == null) {
                change.awaitUninterruptibly();
            }
            Message message = received.poll();
            if (message != null) {
                receivedBytes -= message.bytes().size() + OVERHEAD;
                change.signalAll();
            }
            return message;
        } finally {
            lock.unlock();
        }
    }

    private boolean nothingWaits() {
        lock.lock();
        try {
            return received.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean send(Message message) {
        return !session.closed()
                && session.send(OutPacket.of(message), delivery).accepted();
    }

    @Override
    public void close() {
        session.finish();
    }

    @Override
    public @Nullable DisconnectReason closeReason() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void text(Bytes payload) {
        enqueue(new Message.Text(payload));
    }

    @Override
    public void binary(Bytes payload) {
        enqueue(new Message.Binary(payload));
    }

    private void enqueue(Message message) {
        lock.lock();
        try {
            while (receivedBytes > MAX_QUEUED_BYTES && closed == null) {
                change.awaitUninterruptibly();
            }
            if (closed == null) {
                received.add(message);
                receivedBytes += message.bytes().size() + OVERHEAD;
                change.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void drain() {
        session.drained();
    }

    @Override
    public void closed(DisconnectReason reason) {
        lock.lock();
        try {
            closed = reason;
            change.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
