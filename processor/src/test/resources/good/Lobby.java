package com.acme.lobby;

import dev.weft.Authorizer;
import dev.weft.Handshake;
import dev.weft.Socket;
import dev.weft.annotation.Authorize;
import dev.weft.annotation.Endpoint;
import dev.weft.annotation.OnConnect;
import dev.weft.annotation.OnMessage;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Provider;

/** Nested handler classes, inherited handlers and everything a constructor can ask for. */
final class Lobby {
    private Lobby() {}

    abstract static class Greeter<T> {
        @OnConnect
        void greet(Socket socket) {
            socket.emit("welcome");
        }

        @OnMessage("greet")
        String greet(Socket socket, T whom) {
            return "hello " + whom;
        }

        @OnMessage("replaced")
        String replaced() {
            return "old";
        }
    }

    @Endpoint("/lobby")
    @Authorize(Doorman.class)
    static class Rooms extends Greeter<String> {
        final Clock clock;
        final int size;
        final Provider<Clock> clocks;
        final Archive archive;

        Rooms() {
            throw new IllegalStateException("the other constructor is marked");
        }

        @Inject
        Rooms(Clock clock, @Named("lobby.size") int size, Provider<Clock> clocks, Archive archive) {
            this.clock = clock;
            this.size = size;
            this.clocks = clocks;
            this.archive = archive;
        }

        @Override
        @OnMessage("replaced")
        String replaced() {
            return "new";
        }

        @OnMessage("dispatch")
        int dispatch() {
            return size;
        }
    }

    @Endpoint("/archive")
    static class Archive {
        @OnMessage("first")
        void store(Socket socket) {}

        @OnMessage("second")
        void store(Socket socket, String text) {}
    }

    record Guest(String name) {}

    static class Clock {}

    static class Doorman implements Authorizer<Guest> {
        final Clock clock;

        Doorman(Clock clock) {
            this.clock = clock;
        }

        @Override
        public Guest authorize(Handshake handshake) {
            return new Guest("guest");
        }
    }
}
