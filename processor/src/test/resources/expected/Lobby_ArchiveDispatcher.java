package com.acme.lobby;

import dev.weft.Event;
import dev.weft.Socket;
import dev.weft.dispatch.EndpointDispatcher;
import dev.weft.json.BadValueException;
import dev.weft.json.ValueReader;
import javax.annotation.processing.Generated;

/** Calls the methods of {@link Lobby.Archive}. */
@Generated("dev.weft.processor.WeftProcessor")
final class Lobby_ArchiveDispatcher implements EndpointDispatcher {
    private final Lobby.Archive endpoint;

    Lobby_ArchiveDispatcher(Lobby.Archive endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public String namespace() {
        return "/archive";
    }

    @Override
    public boolean dispatch(Socket socket, Event event) throws Exception {
        switch (event.name()) {
            case "first" -> store(socket, event);
            case "second" -> store2(socket, event);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void store(Socket socket, Event event) throws Exception {
        endpoint.store(socket);
    }

    private void store2(Socket socket, Event event) throws Exception {
        ValueReader in = event.arguments().reader();
        String text = argument(in, 0).readString();
        endpoint.store(socket, text);
    }

    private static ValueReader argument(ValueReader in, int index) {
        if (!in.hasNext()) {
            throw new BadValueException("$[" + index + "]", "required");
        }
        return in;
    }
}
