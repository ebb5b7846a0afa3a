package dev.weft.demo.game;

import dev.weft.Broadcast;
import dev.weft.Namespace;
import dev.weft.demo.game.arena.Audience;

/** An arena's audience is a Socket.IO room. */
final class Rooms {
    private Rooms() {}

    /** Returns the name of an arena's room. */
    static String of(String arena) {
        return "arena:" + arena;
    }

    /** Returns the audience of an arena. */
    static Audience audience(Namespace namespace, String arena) {
        Broadcast room = namespace.to(of(arena));
        return new Audience() {
            @Override
            public void tell(String event, Object value) {
                room.emit(event, value);
            }

            @Override
            public void show(String event, Object value) {
                room.asVolatile().emit(event, value);
            }
        };
    }
}
