package com.acme.borrowed;

import dev.weft.annotation.Endpoint;
import dev.weft.annotation.OnMessage;

/** Types of the application that are called like those of Weft and of java.lang. */
@Endpoint("/borrowed")
class Borrowed {
    @OnMessage("größe \"1\"")
    Event event(dev.weft.Socket client, Socket socket, Event event) {
        return event;
    }

    @OnMessage("move")
    java.lang.Character move(Character character, java.lang.Character letter) {
        return letter;
    }
}

record Event(String name) {}

record Socket(int port) {}

record Character(String name) {}
