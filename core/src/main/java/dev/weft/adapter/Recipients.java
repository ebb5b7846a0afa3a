package dev.weft.adapter;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who gets a broadcast, and how: the union of rooms minus the union of excepts; no rooms means the whole namespace.
 *
 * @param rooms the rooms in
 * @param except the rooms out; a socket's own id is a room
 * @param local whether to stay on this node
 * @param isVolatile whether to skip sockets that have anything undelivered
 * @param latest the key under which a newer event replaces an undelivered older one, or null
 */
public record Recipients(
        Set<String> rooms,
        Set<String> except,
        boolean local,
        boolean isVolatile,
        @Nullable String latest) {
    /** Everyone. */
    public static final Recipients ALL = new Recipients(Set.of(), Set.of(), false, false, null);

    /** Copies the sets. */
    public Recipients {
        rooms = Set.copyOf(rooms);
        except = Set.copyOf(except);
    }

    /** Returns the same with other rooms in. */
    public Recipients rooms(Set<String> newRooms) {
        return new Recipients(newRooms, except, local, isVolatile, latest);
    }

    /** Returns the same with other rooms out. */
    public Recipients except(Set<String> newExcept) {
        return new Recipients(rooms, newExcept, local, isVolatile, latest);
    }

    /** Returns the same, on this node only. */
    public Recipients onThisNode() {
        return new Recipients(rooms, except, true, isVolatile, latest);
    }

    /** Returns the same without sockets that have anything undelivered. */
    public Recipients asVolatile() {
        return new Recipients(rooms, except, local, true, null);
    }

    /** Returns the same for an event that replaces an undelivered one with the same key. */
    public Recipients latest(String key) {
        return new Recipients(rooms, except, local, false, key);
    }
}
