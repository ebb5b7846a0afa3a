package dev.weft.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A Socket.IO client whose packets are written by hand. It reads on a thread of its own, answers pings unless told
 * otherwise, and keeps everything else in order.
 */
public abstract sealed class Peer implements AutoCloseable permits WebSocketPeer, PollingPeer {
    public static final Duration PATIENCE = Duration.ofSeconds(15);

    /** The two transports. */
    public enum Via {
        WEBSOCKET,
        POLLING;

        /** Returns a client with a session, in no namespace yet. */
        public Peer open(int port) throws IOException {
            return this == WEBSOCKET ? WebSocketPeer.open(port) : PollingPeer.open(port);
        }

        /** Returns a client in the main namespace. */
        public Peer connect(int port) throws IOException {
            Peer peer = open(port);
            peer.join();
            return peer;
        }
    }

    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile Function<String, @Nullable String> answers = packet -> null;
    private volatile boolean pongs = true;
    private volatile String id = "";

    /** Joins the main namespace. */
    public final void join() throws IOException {
        send("40");
        String accepted = next();
        assertThat(accepted).startsWith("40{\"sid\":\"");
        id = accepted.substring("40{\"sid\":\"".length(), accepted.lastIndexOf('"'));
    }

    /** Returns the public id of the socket in the main namespace. */
    public final String id() {
        return id;
    }

    /** Sends each packet; over polling, all in one request. */
    public abstract void send(String... packets) throws IOException;

    /** Ends the TCP connections with a reset. */
    public abstract void reset() throws IOException;

    /** Ends the TCP connections with a FIN. */
    @Override
    public abstract void close() throws IOException;

    /** From now on packets for which {@code newAnswers} returns something are answered with that. */
    public final Peer answering(Function<String, @Nullable String> newAnswers) {
        answers = newAnswers;
        return this;
    }

    /** From now on event {@code name} is acknowledged with the arguments {@code json}, an array. */
    public final Peer acknowledging(String name, String json) {
        return answering(packet -> acknowledgement(packet, name, json));
    }

    /** Returns the acknowledgement of {@code packet} if it is event {@code name} and wants one, or null. */
    public static @Nullable String acknowledgement(String packet, String name, String json) {
        Matcher matcher = Pattern.compile("42(\\d+)\\[\"" + name + "\".*").matcher(packet);
        return matcher.matches() ? "43" + matcher.group(1) + json : null;
    }

    public final Peer withoutPongs() {
        pongs = false;
        return this;
    }

    /** Called by the reading thread with every packet. */
    public final void received(String packet) throws IOException {
        String answer = answers.apply(packet);
        if (answer != null) {
            send(answer);
        } else if (!packet.equals("2")) {
            received.add(packet);
        } else if (pongs) {
            send("3");
        }
    }

    /** Called by the reading thread when nothing more can come. */
    public final void ended() {
        ended.countDown();
    }

    /** Returns the next packet that was neither a ping nor answered. */
    public final String next() {
        return next(PATIENCE);
    }

    public final String next(Duration limit) {
        try {
            String packet = received.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
            assertThat(packet).as("a packet within " + limit.toMillis() + " ms").isNotNull();
            return packet;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns the next packet for which {@code wanted} holds; others are dropped. */
    public final String next(Predicate<String> wanted) {
        String packet = next();
        while (!wanted.test(packet)) {
            packet = next();
        }
        return packet;
    }

    public final int waiting() {
        return received.size();
    }

    public final boolean hasEnded() {
        return ended.getCount() == 0;
    }

    public final void awaitEnd() {
        Await.until("the end of the client's connection", PATIENCE, this::hasEnded);
    }
}
