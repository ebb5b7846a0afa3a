package com.acme.game;

import dev.weft.DisconnectReason;
import dev.weft.Event;
import dev.weft.Handshake;
import dev.weft.Problem;
import dev.weft.Socket;
import dev.weft.dispatch.EndpointDispatcher;
import dev.weft.json.BadValueException;
import dev.weft.json.ValueReader;
import java.util.Map;
import java.util.Optional;
import javax.annotation.processing.Generated;

/** Calls the methods of {@link GameHandlers}. */
@Generated("dev.weft.processor.WeftProcessor")
final class GameHandlersDispatcher implements EndpointDispatcher {
    private final GameHandlers endpoint;
    private final GameAuth authorizer;

    GameHandlersDispatcher(GameHandlers endpoint, GameAuth authorizer) {
        this.endpoint = endpoint;
        this.authorizer = authorizer;
    }

    @Override
    public String namespace() {
        return "/game";
    }

    @Override
    public Player authorize(Handshake handshake) throws Exception {
        return authorizer.authorize(handshake);
    }

    @Override
    public void connect(Socket socket) throws Exception {
        endpoint.hello(socket, socket.principal(Player.class));
    }

    @Override
    public void observe(Socket socket, Event event) throws Exception {
        endpoint.seen(event);
    }

    @Override
    public boolean dispatch(Socket socket, Event event) throws Exception {
        switch (event.name()) {
            case "join" -> join(socket, event);
            case "move" -> move(socket, event);
            case "chat" -> chat(socket, event);
            case "avatar" -> avatar(socket, event);
            case "later" -> later(socket, event);
            case "saved" -> saved(socket, event);
            case "nothing" -> nothing(socket, event);
            case "slow" -> slow(socket, event);
            case "names" -> names(socket, event);
            default -> {
                return false;
            }
        }
        return true;
    }

    @Override
    public void disconnect(Socket socket, DisconnectReason reason) throws Exception {
        endpoint.bye(socket, reason);
    }

    @Override
    public Problem failed(Socket socket, Throwable failure) throws Exception {
        return switch (failure) {
            case ArenaFullException e -> endpoint.full(socket, e);
            case Exception e -> {
                endpoint.any(e);
                yield new Problem(Problem.INTERNAL, "the handler failed");
            }
            default -> EndpointDispatcher.super.failed(socket, failure);
        };
    }

    private void join(Socket socket, Event event) throws Exception {
        ValueReader in = event.arguments().reader();
        Join request = readJoin(argument(in, 0));
        event.reply(endpoint.join(socket, socket.principal(Player.class), request));
    }

    private void move(Socket socket, Event event) throws Exception {
        ValueReader in = event.arguments().reader();
        Move move = readMove(argument(in, 0));
        endpoint.move(move);
    }

    private void chat(Socket socket, Event event) throws Exception {
        ValueReader in = event.arguments().reader();
        String text = argument(in, 0).readString();
        boolean hasColor = in.hasNext();
        Optional<String> color = hasColor && !in.tryNull() ? Optional.of(in.readString()) : Optional.empty();
        Optional<Integer> size = Optional.empty();
        if (hasColor && in.hasNext() && !in.tryNull()) {
            size = Optional.of(in.readInt());
        }
        endpoint.chat(socket, text, color, size);
    }

    private void avatar(Socket socket, Event event) throws Exception {
        checkSize(event.size(), 65536);
        ValueReader in = event.arguments().reader();
        byte[] png = argument(in, 0).readBytes().toByteArray();
        event.reply(endpoint.avatar(png));
    }

    private void later(Socket socket, Event event) throws Exception {
        event.replyWhen(endpoint.later(event, socket.handshake()));
    }

    private void saved(Socket socket, Event event) throws Exception {
        ValueReader in = event.arguments().reader();
        boolean well = argument(in, 0).readBoolean();
        event.replyWhen(endpoint.saved(well).thenRun(event::reply));
    }

    private void nothing(Socket socket, Event event) throws Exception {
        endpoint.nothing();
    }

    private void slow(Socket socket, Event event) throws Exception {
        ValueReader in = event.arguments().reader();
        int round = argument(in, 0).readInt();
        endpoint.slow(round, event.ack());
    }

    private void names(Socket socket, Event event) throws Exception {
        event.reply((Object) endpoint.names());
    }

    private static Join readJoin(ValueReader in) {
        String arena = null;
        Optional<String> nick = Optional.empty();
        in.beginObject();
        for (String member; (member = in.nextName()) != null; ) {
            switch (member) {
                case "arena" -> arena = in.readString();
                case "nick" -> nick = in.tryNull() ? Optional.empty() : Optional.of(in.readString());
                default -> in.skip();
            }
        }
        if (arena == null) {
            throw in.missing("arena");
        }
        return new Join(arena, nick);
    }

    private static Move readMove(ValueReader in) {
        int seq = 0;
        boolean hasSeq = false;
        float dx = 0;
        boolean hasDx = false;
        float dy = 0;
        boolean hasDy = false;
        in.beginObject();
        for (String member; (member = in.nextName()) != null; ) {
            switch (member) {
                case "seq" -> {
                    seq = in.readInt();
                    hasSeq = true;
                }
                case "dx" -> {
                    dx = in.readFloat();
                    hasDx = true;
                }
                case "dy" -> {
                    dy = in.readFloat();
                    hasDy = true;
                }
                default -> in.skip();
            }
        }
        if (!hasSeq) {
            throw in.missing("seq");
        }
        if (!hasDx) {
            throw in.missing("dx");
        }
        if (!hasDy) {
            throw in.missing("dy");
        }
        return new Move(seq, dx, dy);
    }

    private static ValueReader argument(ValueReader in, int index) {
        if (!in.hasNext()) {
            throw new BadValueException("$[" + index + "]", "required");
        }
        return in;
    }

    private static void checkSize(int size, int limit) {
        if (size > limit) {
            String message = "expected at most " + limit + " bytes but got " + size;
            throw new Problem(Problem.TOO_LARGE, message, Map.of("limit", limit, "actual", size)).asException();
        }
    }
}
