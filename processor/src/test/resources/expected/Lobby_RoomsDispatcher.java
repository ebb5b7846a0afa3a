package com.acme.lobby;

import dev.weft.Event;
import dev.weft.Handshake;
import dev.weft.Socket;
import dev.weft.dispatch.EndpointDispatcher;
import dev.weft.json.BadValueException;
import dev.weft.json.ValueReader;
import javax.annotation.processing.Generated;

/** Calls the methods of {@link Lobby.Rooms}. */
@Generated("dev.weft.processor.WeftProcessor")
final class Lobby_RoomsDispatcher implements EndpointDispatcher {
    private final Lobby.Rooms endpoint;
    private final Lobby.Doorman authorizer;

    Lobby_RoomsDispatcher(Lobby.Rooms endpoint, Lobby.Doorman authorizer) {
        this.endpoint = endpoint;
        this.authorizer = authorizer;
    }

    @Override
    public String namespace() {
        return "/lobby";
    }

    @Override
    public Lobby.Guest authorize(Handshake handshake) throws Exception {
        return authorizer.authorize(handshake);
    }

    @Override
    public void connect(Socket socket) throws Exception {
        endpoint.greet(socket);
    }

    @Override
    public boolean dispatch(Socket socket, Event event) throws Exception {
        switch (event.name()) {
            case "greet" -> greet(socket, event);
            case "replaced" -> replaced(socket, event);
            case "dispatch" -> dispatch2(socket, event);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void greet(Socket socket, Event event) throws Exception {
        ValueReader in = event.arguments().reader();
        String whom = argument(in, 0).readString();
        event.reply(endpoint.greet(socket, whom));
    }

    private void replaced(Socket socket, Event event) throws Exception {
        event.reply(endpoint.replaced());
    }

    private void dispatch2(Socket socket, Event event) throws Exception {
        event.reply(endpoint.dispatch());
    }

    private static ValueReader argument(ValueReader in, int index) {
        if (!in.hasNext()) {
            throw new BadValueException("$[" + index + "]", "required");
        }
        return in;
    }
}
