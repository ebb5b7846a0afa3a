package com.acme.game;

import dev.weft.Ack;
import dev.weft.Authorizer;
import dev.weft.DisconnectReason;
import dev.weft.Event;
import dev.weft.Handshake;
import dev.weft.Problem;
import dev.weft.Refused;
import dev.weft.Socket;
import dev.weft.annotation.Authorize;
import dev.weft.annotation.Endpoint;
import dev.weft.annotation.MaxSize;
import dev.weft.annotation.OnAny;
import dev.weft.annotation.OnConnect;
import dev.weft.annotation.OnDisconnect;
import dev.weft.annotation.OnError;
import dev.weft.annotation.OnMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

@Endpoint("/game")
@Authorize(GameAuth.class)
class GameHandlers {
    final List<String> log = new ArrayList<>();

    @OnConnect
    void hello(Socket socket, Player player) {
        log.add("hello " + player.name() + " on " + socket.id());
    }

    @OnMessage("join")
    Joined join(Socket socket, Player player, Join request) throws ArenaFullException {
        if (request.arena().equals("full")) {
            throw new ArenaFullException(request.arena());
        }
        return new Joined(player.name() + "@" + request.arena(), request.nick().orElse("-"));
    }

    @OnMessage("move")
    void move(Move move) {
        log.add("move " + move);
    }

    @OnMessage("chat")
    void chat(Socket socket, String text, Optional<String> color, Optional<Integer> size) throws IOException {
        log.add("chat " + text + " " + color.orElse("-") + " " + size.orElse(0));
    }

    @OnMessage("avatar")
    @MaxSize(65536)
    int avatar(byte[] png) {
        return png.length;
    }

    @OnMessage("later")
    CompletionStage<String> later(Event event, Handshake handshake) {
        return CompletableFuture.completedFuture(event.name());
    }

    @OnMessage("saved")
    CompletionStage<Void> saved(boolean well) {
        return well
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.failedFuture(new IOException("disk full"));
    }

    @OnMessage("nothing")
    Void nothing() {
        return null;
    }

    @OnMessage("slow")
    void slow(int round, Ack<Boolean> ack) {
        ack.send(round == 1);
    }

    @OnMessage("names")
    String[] names() {
        return new String[] {"a", "b"};
    }

    @OnAny
    void seen(Event event) {
        log.add("seen " + event.name());
    }

    @OnError
    void any(Exception e) {
        log.add("failed " + e.getMessage());
    }

    @OnError
    Problem full(Socket socket, ArenaFullException e) {
        return new Problem("ARENA_FULL", e.getMessage());
    }

    @OnDisconnect
    void bye(Socket socket, DisconnectReason why) {
        log.add("bye " + why);
    }
}

record Join(String arena, Optional<String> nick) {}

record Joined(String seat, String nick) {}

record Move(int seq, float dx, float dy) {}

record Player(String name) {}

final class GameAuth implements Authorizer<Player> {
    @Override
    public Player authorize(Handshake handshake) throws Refused {
        String token = handshake.query("token");
        if (token == null) {
            throw new Refused("bad token");
        }
        return new Player(token);
    }
}

final class ArenaFullException extends Exception {
    private static final long serialVersionUID = 1L;

    ArenaFullException(String arena) {
        super(arena);
    }
}
