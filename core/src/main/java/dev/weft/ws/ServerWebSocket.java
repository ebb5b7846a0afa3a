package dev.weft.ws;

import dev.weft.CloseCode;
import dev.weft.DisconnectReason;
import dev.weft.HttpRequest;
import dev.weft.Message;
import dev.weft.OverflowPolicy;
import dev.weft.WebSocket;
import dev.weft.bytes.Bytes;
import dev.weft.net.Clock;
import dev.weft.net.Delivery;
import dev.weft.net.NetRuntime;
import dev.weft.net.Outbox;
import dev.weft.net.OutboxEvents;
import dev.weft.net.PeerFault;
import dev.weft.net.TcpConnection;
import dev.weft.net.Throttle;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The shell of one WebSocket after its opening handshake: owns the connection and the outbox, and contains no protocol
 * rule beyond who answers what (RFC 6455, sections 5.5 and 7).
 */
public final class ServerWebSocket implements WebSocket, OutboxEvents {
    /** How long the close frame of an abort may wait for a write that is under way. */
    private static final Duration ABORT_PATIENCE = Duration.ofMillis(800);

    private final TcpConnection connection;
    private final HttpRequest request;
    private final OpeningHandshake.Accepted accepted;
    private final WebSocketOptions options;
    private final NetRuntime runtime;
    private final MessageReader reader;
    private final Outbox<Framed> outbox;
    private final Throttle throttle;

    // These belong to the thread that reads: how much of the input has been counted, and whether a message has not.
    private long counted;
    private int uncounted;

    private final AtomicReference<Incoming.@Nullable Close> end = new AtomicReference<>();

    /** What the application's messages meet. */
    private volatile Delivery delivery;

    /** Written by whoever closes; after that only the closing handshake goes on. */
    private volatile boolean closing;

    /** Whether the endpoint's thread waits for input. */
    private volatile boolean receiving;

    /** Whether the peer broke the protocol; set before the end. */
    private volatile boolean violated;

    /** Whether a message is being streamed. */
    private final AtomicBoolean streaming = new AtomicBoolean();

    /** Whether the violation is that the peer sent more than its rates for too long; set before that. */
    private volatile boolean tooMuch;

    /** Told once; must not block. */
    private volatile Runnable onEnd = () -> {};

    private volatile Clock.Timer closeTimer = Clock.Timer.NONE;
    private volatile Clock.Timer abortTimer = Clock.Timer.NONE;

    /** Creates the WebSocket over {@code connection}, whose opening handshake has been answered. */
    public ServerWebSocket(
            TcpConnection connection,
            HttpRequest request,
            OpeningHandshake.Accepted accepted,
            WebSocketOptions options,
            NetRuntime runtime) {
        this.connection = connection;
        this.request = request;
        this.accepted = accepted;
        this.options = options;
        this.runtime = runtime;
        PeerDeflation deflation = accepted.deflation();
        reader = new MessageReader(
                connection.input(),
                options.maxMessage(),
                options.maxFragments(),
                deflation == null ? null : deflation.inflater(options.maxMessage()));
        delivery = options.outbox().usual();
        outbox = new Outbox<>(runtime.drainers(), options.outbox(), this);
        outbox.attach(this::write);
        throttle = new Throttle(options.rates());
        counted = connection.input().received();
        connection.onKill(this::killed);
    }

    @Override
    public HttpRequest request() {
        return request;
    }

    @Override
    public @Nullable String subprotocol() {
        return accepted.subprotocol();
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return request.remoteAddress();
    }

    /** Returns what waits to be sent. */
    public Outbox<Framed> outbox() {
        return outbox;
    }

    /** Returns the TCP connection. */
    public TcpConnection connection() {
        return connection;
    }

    @Override
    public @Nullable Message receive() {
        try {
            while (end.get() == null) {
                Incoming incoming = next();
                if (incoming instanceof Incoming.Data data) {
                    if (!closing) {
                        return data.message();
                    }
                } else {
                    control(incoming);
                }
            }
        } catch (Throwable t) {
            reader.abandon(); // before the closing handshake, which takes its time
            fail(t);
        }
        reader.abandon();
        return null;
    }

    private @Nullable Incoming next() throws IOException, WebSocketException {
        count();
        if (!reader.readyWithoutBlocking()) {
            outbox.flush();
            runtime.carriers().giveWay();
        }
        boolean interrupted = Thread.interrupted(); // an interrupted virtual thread would lose the socket
        receiving = true;
        try {
            Incoming incoming = reader.read();
            uncounted = 1;
            return incoming;
        } finally {
            receiving = false;
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A peer that has sent too much is read on later, and cut if it does not stop. */
    private void count() throws WebSocketException {
        long received = connection.input().received();
        boolean within = throttle.within(uncounted, received - counted);
        counted = received;
        uncounted = 0;
        if (within || over()) {
            return;
        }
        outbox.flush();
        if (!throttle.await(this::over)) {
            tooMuch = true;
            throw new WebSocketException(CloseCode.POLICY, DisconnectReason.RATE_LIMIT.text());
        }
    }

    private boolean over() {
        return closing || connection.killedBecause() != null;
    }

    private void control(@Nullable Incoming incoming) {
        switch (incoming) {
            case Incoming.Ping ping -> outbox.offerUrgent(Framed.of(Frames.pong(ping.payload())));
            case Incoming.Close close -> {
                // RFC 6455 §5.5.1: answer with the code received, once; what was queued before goes first.
                boolean empty = close.code().equals(CloseCode.NO_STATUS);
                finish(empty ? Frames.close() : Frames.close(close.code(), ""), close);
            }
            case Incoming.Data ignored -> {} // after our close frame nothing is delivered any more
            case Incoming.Pong ignored -> {} // whatever comes proves life
            case null -> ended(new Incoming.Close(CloseCode.ABNORMAL, ""));
        }
    }

    /** Turns what ended the reading into a close frame, if the peer can still see one. */
    private void fail(Throwable t) {
        if (t instanceof WebSocketException violation) {
            violated = true;
            boolean tooBig = violation.code().equals(CloseCode.TOO_BIG);
            runtime.failures().peer(tooBig ? PeerFault.TOO_LARGE : PeerFault.BAD_MESSAGE, violation.reason());
            finish(
                    Frames.close(violation.code(), violation.reason()),
                    new Incoming.Close(violation.code(), violation.reason()));
            return;
        }
        runtime.failures().unlessPeer("a WebSocket", t);
        ended(new Incoming.Close(CloseCode.ABNORMAL, ""));
    }

    /** Ends the closing handshake on the endpoint's thread: the server sends FIN first (RFC 6455 §7.1.1). */
    private void finish(Bytes closeFrame, Incoming.Close how) {
        boolean interrupted = Thread.interrupted(); // it would end the waiting, and the socket with it
        outbox.finish(Framed.of(closeFrame));
        end(how);
        outbox.flush();
        outbox.awaitEnd(options.closeTimeout());
        connection.closeGently((int) options.closeTimeout().toMillis());
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void ended(Incoming.Close how) {
        end(how);
        connection.kill(DisconnectReason.TRANSPORT_CLOSE);
    }

    /** Notes how the WebSocket ended; the first time counts, and is told at once. */
    private void end(Incoming.Close how) {
        closing = true;
        if (end.compareAndSet(null, how)) {
            onEnd.run();
        }
    }

    /** The TCP connection is gone, whoever cut it: a busy endpoint must not keep what hangs on it. */
    private void killed() {
        end(new Incoming.Close(CloseCode.ABNORMAL, ""));
        closeTimer.cancel();
        abortTimer.cancel();
        outbox.abort();
    }

    /** Sets what happens, on any thread, as soon as the WebSocket has ended; runs it now if it has. */
    public void onEnd(Runnable action) {
        onEnd = action;
        if (end.get() != null) {
            action.run();
        }
    }

    @Override
    public boolean send(Message message, boolean compress) {
        return outbox.offer(framed(message, compress), delivery).accepted();
    }

    private Framed framed(Message message, boolean compress) {
        return compress && accepted.deflation() != null
                ? new SharedFrames(List.of(message), true)
                : Framed.of(Frames.of(message));
    }

    @Override
    public OutputStream binaryStream() {
        return stream(Opcode.BINARY);
    }

    @Override
    public Writer textStream() {
        return new MessageWriter(stream(Opcode.TEXT));
    }

    private MessageStream stream(Opcode opcode) {
        if (!streaming.compareAndSet(false, true)) {
            throw new IllegalStateException(
                    "another message is being streamed: close its stream before the next is opened");
        }
        return new MessageStream(new Parts(opcode));
    }

    /** The way of one streamed message into the outbox. */
    private final class Parts implements MessageStream.Target {
        private final Opcode opcode;

        Parts(Opcode opcode) {
            this.opcode = opcode;
        }

        @Override
        public boolean send(boolean first, boolean last, byte[] payload) {
            Bytes bytes = Bytes.wrap(payload);
            Opcode frame = first ? opcode : Opcode.CONTINUATION;
            return outbox.offerPart(
                    first && last ? whole(bytes) : Framed.of(Frames.fragment(frame, last, bytes)), last);
        }

        private Framed whole(Bytes bytes) {
            return framed(opcode == Opcode.TEXT ? new Message.Text(bytes) : new Message.Binary(bytes), true);
        }

        @Override
        public void ended() {
            streaming.set(false);
        }
    }

    @Override
    public boolean ping(byte[] payload) {
        return outbox.offerUrgent(Framed.of(Frames.ping(Bytes.copyOf(payload))));
    }

    @Override
    public void close(CloseCode code, String reason) {
        Bytes frame = Frames.close(code, reason);
        if (outbox.finish(Framed.of(frame))) {
            closing = true;
        }
    }

    /** Drops what waits and closes; returns at once. A peer that does not read is not told, and cut. */
    public void abort(CloseCode code, String reason) {
        abortTimer = runtime.carriers().deadline(ABORT_PATIENCE, this::closeNow);
        if (outbox.replaceWith(Framed.of(Frames.close(code, reason)))) {
            closing = true;
        } else {
            abortTimer.cancel();
        }
    }

    /** Receives and drops until the closing handshake is over; for the endpoint's thread after its loop. */
    public void awaitClosed() {
        while (receive() != null) {
            // the endpoint has stopped listening
        }
    }

    @Override
    public void closeNow() {
        connection.kill(DisconnectReason.FORCED_CLOSE);
    }

    @Override
    public boolean isOpen() {
        return !closing && connection.killedBecause() == null;
    }

    @Override
    public @Nullable CloseCode closeCode() {
        Incoming.Close how = end.get();
        return how == null ? null : how.code();
    }

    @Override
    public String closeReason() {
        Incoming.Close how = end.get();
        return how == null ? "" : how.reason();
    }

    @Override
    public void overflow(OverflowPolicy policy) {
        delivery = options.outbox().delivery(policy);
    }

    @Override
    public long queuedBytes() {
        return outbox.queuedBytes();
    }

    @Override
    public int queuedMessages() {
        return outbox.queuedMessages();
    }

    @Override
    public long dropped() {
        return outbox.dropped();
    }

    /** Returns whether the connection ended because the peer broke the protocol; {@link #closeCode()} tells how. */
    public boolean violated() {
        return violated;
    }

    /** Returns whether the peer may have sent something that a busy endpoint has not read yet. */
    public boolean holdsUnread() {
        return (!receiving || heldBack()) && connection.unread() > 0;
    }

    /** Returns whether the violation is that the peer sent more than its rates for too long. */
    public boolean sentTooMuch() {
        return tooMuch;
    }

    /** Returns whether the peer is held back: what it sends is read later, and that is not its fault. */
    public boolean heldBack() {
        return throttle.holdsBack();
    }

    /** Kills the connection because of silence. */
    void timeOut() {
        connection.kill(DisconnectReason.PING_TIMEOUT);
    }

    private void write(List<Framed> batch) throws IOException {
        if (batch.size() == 1) {
            connection.write(frames(batch.getFirst()));
            return;
        }
        List<Bytes> all = new ArrayList<>(batch.size());
        int total = 0;
        for (Framed framed : batch) {
            Bytes frames = frames(framed);
            all.add(frames);
            total += frames.size();
        }
        byte[] together = new byte[total];
        int at = 0;
        for (Bytes frames : all) {
            frames.copyTo(together, at);
            at += frames.size();
        }
        connection.write(Bytes.wrap(together));
    }

    private Bytes frames(Framed framed) {
        PeerDeflation deflation = accepted.deflation();
        return deflation == null ? framed.frames() : framed.frames(deflation);
    }

    @Override
    public void overflow() {
        connection.kill(DisconnectReason.QUEUE_LIMIT);
    }

    @Override
    public void failed(Throwable cause) {
        if (!(cause instanceof IOException)) {
            runtime.failures().unexpected("a WebSocket write", cause);
        }
        connection.kill(DisconnectReason.TRANSPORT_ERROR);
    }

    @Override
    public void finished() {
        abortTimer.cancel();
        closeTimer = runtime.clock().schedule(options.closeTimeout(), this::closeNow);
        if (end.get() != null) {
            closeTimer.cancel();
        }
    }
}
