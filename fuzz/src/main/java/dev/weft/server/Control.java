package dev.weft.server;

import dev.weft.Message;
import dev.weft.fuzz.Expect;
import java.io.IOException;

/** A client that does everything right, and wants its answers. */
final class Control implements AutoCloseable {
    private final Wire wire;

    Control(int port) throws IOException {
        wire = new Wire(port);
        wire.write(Visitors.upgrade("/socket.io/?EIO=4&transport=websocket", ""));
        Expect.that(wire.head().startsWith("HTTP/1.1 101 "), "a new client gets its WebSocket");
        Expect.that(next().startsWith("0{"), "a new client gets a session");
        wire.message(Message.text("40"));
        Expect.that(next().startsWith("40{"), "a new client gets into the namespace");
    }

    /** Demands the answer to an event. */
    void check() throws IOException {
        wire.message(Message.text("427[\"many\",1,\"x\",true,2.5]"));
        Expect.same("the answer", "437[[1,\"x\",2.5,true]]", next());
    }

    private String next() throws IOException {
        String packet = wire.frame();
        while (packet.equals("2")) {
            wire.message(Message.text("3"));
            packet = wire.frame();
        }
        return packet;
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }
}
