package dev.weft.demo.game;

import dev.weft.DisconnectReason;
import dev.weft.Problem;
import dev.weft.Socket;
import dev.weft.annotation.Endpoint;
import dev.weft.annotation.OnDisconnect;
import dev.weft.annotation.OnMessage;
import dev.weft.demo.game.arena.Arena;
import dev.weft.demo.game.arena.Arenas;
import dev.weft.demo.game.message.ArenaInfo;
import dev.weft.demo.game.message.Join;
import dev.weft.demo.game.message.Joined;
import dev.weft.demo.game.message.Pong;
import dev.weft.demo.game.message.Rejoin;
import dev.weft.demo.game.world.Turn;
import jakarta.inject.Inject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a page can ask for. Whatever a method returns is the acknowledgement. */
@Endpoint("/")
final class GameHandlers {
    private static final int LONGEST_LINE = 200;

    private final Arenas arenas;

    @Inject
    GameHandlers(Arenas arenas) {
        this.arenas = arenas;
    }

    @OnMessage("lobby")
    List<ArenaInfo> lobby() {
        return arenas.lobby();
    }

    @OnMessage("join")
    Joined join(Socket socket, Join request) {
        Join join = request.checked();
        leave(socket);
        return seated(socket, arenas.join(socket.id(), join.arena(), join.name()), "This arena is full.");
    }

    @OnMessage("rejoin")
    Joined rejoin(Socket socket, Rejoin request) {
        return seated(socket, arenas.rejoin(socket.id(), request.token()), "Your seat is no longer free.");
    }

    @OnMessage("turn")
    void turn(Socket socket, Turn turn) {
        arenaOf(socket).turn(socket.id(), turn);
    }

    @OnMessage("chat")
    void chat(Socket socket, String text) {
        String line = text.strip();
        if (line.isEmpty() || line.length() > LONGEST_LINE) {
            throw new Problem(Problem.BAD_REQUEST, "A line has 1 to 200 characters.").asException();
        }
        if (!arenaOf(socket).chat(socket.id(), line)) {
            throw new Problem("RATE_LIMITED", "One line after the other, please.").asException();
        }
    }

    @OnMessage("ping")
    Pong ping(Socket socket) {
        return arenaOf(socket).pong();
    }

    /** The page has missed a keyframe. */
    @OnMessage("sync")
    void sync(Socket socket) {
        socket.emit("snap", (Object) arenaOf(socket).keyframe());
    }

    @OnMessage("leave")
    void leave(Socket socket) {
        Arena arena = arenas.of(socket.id());
        if (arena != null) {
            socket.leave(Rooms.of(arena.name()));
            arenas.leave(socket.id());
        }
    }

    @OnDisconnect
    void gone(Socket socket, DisconnectReason reason) {
        if (reason == DisconnectReason.CLIENT_NAMESPACE_DISCONNECT) {
            arenas.leave(socket.id());
        } else {
            arenas.away(socket.id());
        }
    }

    private Joined seated(Socket socket, @Nullable Joined joined, String refusal) {
        if (joined == null) {
            throw new Problem(Problem.NOT_FOUND, refusal).asException();
        }
        socket.join(Rooms.of(joined.arena()));
        sync(socket);
        return joined;
    }

    private Arena arenaOf(Socket socket) {
        Arena arena = arenas.of(socket.id());
        if (arena == null) {
            throw new Problem(Problem.FORBIDDEN, "Take a seat first.").asException();
        }
        return arena;
    }
}
