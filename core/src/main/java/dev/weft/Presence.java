package dev.weft;

import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Who is here. A user may have several sockets, and comes back with a new one before the server has noticed that the old
 * one is gone: so what enters and leaves are sockets, and a user is present while at least one of them is. The order in
 * which an old socket's disconnect handler and a new socket's connect handler run does not matter.
 *
 * <p>Thread-safe. Holds one entry a user and one a socket; a socket that disconnects leaves by itself.
 *
 * @param <K> what identifies a user; needs {@code equals} and {@code hashCode}
 */
public final class Presence<K> {
    private final ConcurrentMap<K, Set<Socket>> users = new ConcurrentHashMap<>();

    /**
     * Notes that {@code socket} belongs to {@code user}, until it disconnects or {@link #leave} is called. A socket that has
     * disconnected already does not enter.
     *
     * @return whether the user was absent before
     */
    public boolean enter(K user, Socket socket) {
        Objects.requireNonNull(socket, "socket");
        AtomicBoolean first = new AtomicBoolean();
        users.compute(user, (key, before) -> {
            Set<Socket> sockets = before == null ? ConcurrentHashMap.newKeySet() : before;
            first.set(before == null);
            sockets.add(socket);
            return sockets;
        });
        socket.onDisconnect(reason -> leave(user, socket));
        if (!socket.connected()) {
            leave(user, socket); // nobody else would: its disconnect listeners may have run before ours was there
            return false;
        }
        return first.get();
    }

    /**
     * Forgets {@code socket}; does nothing if it is not one of the user's. Calling it in a disconnect handler is only needed
     * for its result.
     *
     * @return whether the user was present before and is not any more
     */
    public boolean leave(K user, Socket socket) {
        AtomicBoolean last = new AtomicBoolean();
        users.computeIfPresent(user, (key, sockets) -> {
            last.set(sockets.remove(socket) && sockets.isEmpty());
            return sockets.isEmpty() ? null : sockets;
        });
        return last.get();
    }

    /** Returns whether the user has a socket here. */
    public boolean isPresent(K user) {
        return users.containsKey(user);
    }

    /** Returns the users that are present now. */
    public Set<K> users() {
        return Set.copyOf(users.keySet());
    }

    /** Returns the sockets of a user; empty if the user is absent. */
    public Set<Socket> sockets(K user) {
        return Set.copyOf(users.getOrDefault(user, Set.of()));
    }
}
