package com.acme.borrowed;

import dev.weft.Event;
import dev.weft.Socket;
import dev.weft.dispatch.EndpointDispatcher;
import dev.weft.json.BadValueException;
import dev.weft.json.ValueReader;
import javax.annotation.processing.Generated;

/** Calls the methods of {@link Borrowed}. */
@Generated("dev.weft.processor.WeftProcessor")
final class BorrowedDispatcher implements EndpointDispatcher {
    private final Borrowed endpoint;

    BorrowedDispatcher(Borrowed endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public String namespace() {
        return "/borrowed";
    }

    @Override
    public boolean dispatch(Socket socket, Event event) throws Exception {
        switch (event.name()) {
            case "gr\u00f6\u00dfe \"1\"" -> event(socket, event);
            case "move" -> move(socket, event);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void event(Socket socket, Event event) throws Exception {
        ValueReader in = event.arguments().reader();
        com.acme.borrowed.Socket socket2 = readSocket(argument(in, 0));
        com.acme.borrowed.Event event2 = readEvent(argument(in, 1));
        event.reply(endpoint.event(socket, socket2, event2));
    }

    private void move(Socket socket, Event event) throws Exception {
        ValueReader in = event.arguments().reader();
        Character character = readCharacter(argument(in, 0));
        java.lang.Character letter = argument(in, 1).readChar();
        event.reply(endpoint.move(character, letter));
    }

    private static com.acme.borrowed.Socket readSocket(ValueReader in) {
        int port = 0;
        boolean hasPort = false;
        in.beginObject();
        for (String member; (member = in.nextName()) != null; ) {
            switch (member) {
                case "port" -> {
                    port = in.readInt();
                    hasPort = true;
                }
                default -> in.skip();
            }
        }
        if (!hasPort) {
            throw in.missing("port");
        }
        return new com.acme.borrowed.Socket(port);
    }

    private static com.acme.borrowed.Event readEvent(ValueReader in) {
        String name = null;
        in.beginObject();
        for (String member; (member = in.nextName()) != null; ) {
            switch (member) {
                case "name" -> name = in.readString();
                default -> in.skip();
            }
        }
        if (name == null) {
            throw in.missing("name");
        }
        return new com.acme.borrowed.Event(name);
    }

    private static Character readCharacter(ValueReader in) {
        String name = null;
        in.beginObject();
        for (String member; (member = in.nextName()) != null; ) {
            switch (member) {
                case "name" -> name = in.readString();
                default -> in.skip();
            }
        }
        if (name == null) {
            throw in.missing("name");
        }
        return new Character(name);
    }

    private static ValueReader argument(ValueReader in, int index) {
        if (!in.hasNext()) {
            throw new BadValueException("$[" + index + "]", "required");
        }
        return in;
    }
}
