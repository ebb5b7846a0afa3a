package com.acme.outdated;

import dev.weft.Authorizer;
import dev.weft.Handshake;
import dev.weft.Socket;
import dev.weft.annotation.Authorize;
import dev.weft.annotation.Endpoint;
import dev.weft.annotation.OnConnect;
import dev.weft.annotation.OnMessage;

/** Handlers, records and classes that nobody should use any more, but somebody does. */
final class Outdated {
    private Outdated() {}

    @Deprecated(forRemoval = true)
    @Endpoint("/class")
    static class OfClass {}

    @Endpoint("/method")
    static class OfMethod {
        @Deprecated
        @OnConnect
        void hello(Socket socket) {}
    }

    @Endpoint("/record")
    static class OfRecord {
        @OnMessage("old")
        @SuppressWarnings("removal")
        void old(Old old) {}

        @OnMessage("renewed")
        void renewed(Renewed renewed) {}
    }

    @Deprecated(forRemoval = true)
    record Old(int value) {}

    record Renewed(int value) {
        @Deprecated
        Renewed {}
    }

    @Endpoint("/constructor")
    @Authorize(Guard.class)
    static class OfConstructor {}

    record Guest() {}

    static class Guard implements Authorizer<Guest> {
        @Deprecated
        Guard() {}

        @Override
        public Guest authorize(Handshake handshake) {
            return new Guest();
        }
    }
}
