package dev.weft.demo.game.arena;

import dev.weft.demo.game.message.Row;
import dev.weft.demo.game.world.Pilot;
import dev.weft.demo.game.world.Shuttle;
import dev.weft.demo.game.world.World;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who steers a shuttle: a player, a player who is away, or nobody. Guarded by the lock of the arena. */
final class Seat {
    final Shuttle shuttle;
    final String name;
    final boolean bot;
    final String token = UUID.randomUUID().toString();
    /** Takes over whenever no client does. */
    final Pilot pilot;

    @Nullable
    String client;

    int awayFor;
    private int chatUntil;

    Seat(World world, Shuttle shuttle, String name, @Nullable String client) {
        this.shuttle = shuttle;
        this.name = name;
        this.client = client;
        this.bot = client == null;
        this.pilot = new Pilot(world, shuttle);
    }

    boolean away() {
        return !bot && client == null;
    }

    /** Returns whether another line of chat is all right now; each one costs ten steps, of which thirty may be owed. */
    boolean mayChat(int tick) {
        int until = Math.max(chatUntil, tick) + 10;
        boolean may = until - tick <= 30;
        if (may) {
            chatUntil = until;
        }
        return may;
    }

    Row row() {
        return new Row(shuttle.id(), name, shuttle.area(), shuttle.cuts(), bot, away());
    }
}
