package dev.weft.adapter;

import java.util.Set;

/**
 * Who gets a broadcast: the union of rooms minus the union of excepts; no rooms means the whole namespace.
 *
 * @param rooms the rooms in
 * @param except the rooms out; a socket's own id is a room
 * @param local whether to stay on this node
 * @param isVolatile whether to skip sockets that have anything undelivered
 */
public record Recipients(Set<String> rooms, Set<String> except, boolean local, boolean isVolatile) {
    /** Everyone. */
    public static final Recipients ALL = new Recipients(Set.of(), Set.of(), false, false);

    /** Copies the sets. */
    public Recipients {
        rooms = Set.copyOf(rooms);
        except = Set.copyOf(except);
    }
}
