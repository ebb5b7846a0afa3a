package com.acme.outdated;

import dev.weft.Event;
import dev.weft.Socket;
import dev.weft.dispatch.EndpointDispatcher;
import dev.weft.json.BadValueException;
import dev.weft.json.ValueReader;
import javax.annotation.processing.Generated;

/** Calls the methods of {@link Outdated.OfRecord}. */
@SuppressWarnings({"deprecation", "removal"})
@Generated("dev.weft.processor.WeftProcessor")
final class Outdated_OfRecordDispatcher implements EndpointDispatcher {
    private final Outdated.OfRecord endpoint;

    Outdated_OfRecordDispatcher(Outdated.OfRecord endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public String namespace() {
        return "/record";
    }

    @Override
    public boolean dispatch(Socket socket, Event event) throws Exception {
        switch (event.name()) {
            case "old" -> old(socket, event);
            case "renewed" -> renewed(socket, event);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void old(Socket socket, Event event) throws Exception {
        ValueReader in = event.arguments().reader();
        Outdated.Old old = readOld(argument(in, 0));
        endpoint.old(old);
    }

    private void renewed(Socket socket, Event event) throws Exception {
        ValueReader in = event.arguments().reader();
        Outdated.Renewed renewed = readRenewed(argument(in, 0));
        endpoint.renewed(renewed);
    }

    private static Outdated.Old readOld(ValueReader in) {
        int value = 0;
        boolean hasValue = false;
        in.beginObject();
        for (String member; (member = in.nextName()) != null; ) {
            switch (member) {
                case "value" -> {
                    value = in.readInt();
                    hasValue = true;
                }
                default -> in.skip();
            }
        }
        if (!hasValue) {
            throw in.missing("value");
        }
        return new Outdated.Old(value);
    }

    private static Outdated.Renewed readRenewed(ValueReader in) {
        int value = 0;
        boolean hasValue = false;
        in.beginObject();
        for (String member; (member = in.nextName()) != null; ) {
            switch (member) {
                case "value" -> {
                    value = in.readInt();
                    hasValue = true;
                }
                default -> in.skip();
            }
        }
        if (!hasValue) {
            throw in.missing("value");
        }
        try {
            return new Outdated.Renewed(value);
        } catch (IllegalArgumentException refusal) {
            throw in.bad(refusal.getMessage() == null ? "not a valid value" : refusal.getMessage());
        }
    }

    private static ValueReader argument(ValueReader in, int index) {
        if (!in.hasNext()) {
            throw new BadValueException("$[" + index + "]", "required");
        }
        return in;
    }
}
