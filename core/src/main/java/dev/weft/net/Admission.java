package dev.weft.net;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may connect: so many in all, so many an address, so many new ones an address and second. An IPv6 address
 * counts together with the others of its /64, since one subscriber has them all (RFC 6177). Thread-safe; never blocks.
 *
 * <p>Remembers an address while it holds a place or its rate has not recovered, and so many addresses at most as there may
 * be connections; those beyond share one memory.
 */
public final class Admission {
    private static final Duration BURST = Duration.ofSeconds(2);
    private static final int LEAST_ADDRESSES = 1_024;
    private static final Key OTHERS = new Key(0, 0);

    private final Limits limits;
    private final LongSupplier time;
    private final int maxAddresses;
    private final ConcurrentMap<Key, Place> places = new ConcurrentHashMap<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final LongAdder refused = new LongAdder();

    /**
     * What is admitted.
     *
     * @param connections the most connections
     * @param perAddress the most places of one address
     * @param perAddressAndSecond the most new places of one address a second; 0 for no limit
     * @param exempt addresses without limits of their own
     */
    public record Limits(int connections, int perAddress, int perAddressAndSecond, AddressRanges exempt) {}

    /** What becomes of someone who wants a place. */
    public sealed interface Decision permits Permit, Refusal {}

    /** Why there is no place. */
    public enum Refusal implements Decision {
        /** All places are taken. */
        FULL("maxConnections"),
        /** All places of this address are taken. */
        ADDRESS_FULL("maxConnectionsPerAddress"),
        /** Too many new places of this address in a short time. */
        TOO_FAST("connectRatePerAddress");

        private final String limit;

        Refusal(String limit) {
            this.limit = limit;
        }

        /** Returns what there is too much of, for the log. */
        public String text() {
            return "there are as many as " + limit + " allows";
        }
    }

    private record Key(int family, long network) {
        static Key of(InetAddress address) {
            ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
            return address instanceof Inet4Address ? new Key(4, bytes.getInt()) : new Key(6, bytes.getLong());
        }
    }

    /** What is known of one address; touched only within a step of the map. */
    private static final class Place {
        private final TokenBucket rate;
        private int taken;

        Place(TokenBucket rate) {
            this.rate = rate;
        }
    }

    /** A place, until it is given back. */
    public final class Permit implements Decision, AutoCloseable {
        private final @Nullable Key key;
        private final boolean connection;
        private final AtomicBoolean closed = new AtomicBoolean();

        private Permit(@Nullable Key key, boolean connection) {
            this.key = key;
            this.connection = connection;
        }

        /** Gives the place back; only the first call does anything. */
        @Override
        public void close() {
            if (!closed.compareAndSet(false, true)) {
                return;
            }
            if (connection) {
                connections.decrementAndGet();
            }
            if (key != null) {
                long now = time.getAsLong();
                places.computeIfPresent(key, (k, place) -> {
                    place.taken--;
                    return kept(place, now);
                });
            }
        }
    }

    /**
     * Creates an admission of nobody yet.
     *
     * @param time the time in nanoseconds, of any clock
     */
    public Admission(Limits limits, LongSupplier time) {
        this.limits = limits;
        this.time = time;
        maxAddresses = Math.max(LEAST_ADDRESSES, limits.connections());
    }

    /** Decides about a connection from {@code peer}. */
    public Decision connection(InetAddress peer) {
        if (connections.incrementAndGet() > limits.connections()) {
            connections.decrementAndGet();
            return refused(Refusal.FULL);
        }
        Decision decision = decide(peer, true);
        if (decision instanceof Refusal) {
            connections.decrementAndGet();
        }
        return decision;
    }

    /** Decides about a client at {@code address} that needs a place beside its connection, or has none of its own. */
    public Decision client(InetAddress address) {
        return decide(address, false);
    }

    private Decision decide(InetAddress address, boolean connection) {
        if (limits.exempt().contains(address)) {
            return new Permit(null, connection);
        }
        Key key = keyOf(address);
        Refusal refusal = take(key);
        return refusal == null ? new Permit(key, connection) : refused(refusal);
    }

    private Refusal refused(Refusal refusal) {
        refused.increment();
        return refusal;
    }

    private Key keyOf(InetAddress address) {
        Key key = Key.of(address);
        return places.size() < maxAddresses || places.containsKey(key) ? key : OTHERS;
    }

    private @Nullable Refusal take(Key key) {
        Refusal[] refusal = {null};
        long now = time.getAsLong();
        places.compute(key, (k, known) -> {
            Place place = known == null ? new Place(new TokenBucket(limits.perAddressAndSecond(), BURST, now)) : known;
            if (place.taken >= limits.perAddress()) {
                refusal[0] = Refusal.ADDRESS_FULL;
            } else if (!place.rate.tryTake(now)) {
                refusal[0] = Refusal.TOO_FAST;
            } else {
                place.taken++;
            }
            return place;
        });
        return refusal[0];
    }

    private static @Nullable Place kept(Place place, long now) {
        return place.taken == 0 && place.rate.full(now) ? null : place;
    }

    /** Forgets addresses whose rate has recovered; to be called now and then. */
    public void sweep() {
        long now = time.getAsLong();
        places.keySet().forEach(key -> places.computeIfPresent(key, (k, place) -> kept(place, now)));
    }

    /** Returns how many connections have a place. */
    public int connections() {
        return connections.get();
    }

    /** Returns how many addresses are remembered. */
    int addresses() {
        return places.size();
    }

    /** Returns how many were refused since the start. */
    public long refused() {
        return refused.sum();
    }
}
