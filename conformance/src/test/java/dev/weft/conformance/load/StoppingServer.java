package dev.weft.conformance.load;

import dev.weft.server.Options;
import dev.weft.server.Weft;
import java.util.concurrent.locks.LockSupport;

/** A server in a process of its own that closes on SIGTERM. It prints its port, then a line for every number it has handled. */
public final class StoppingServer {
    private static final long WORK_NANOS = 300_000_000;

    private StoppingServer() {}

    /** Runs until it is told to end. */
    public static void main(String[] args) throws InterruptedException {
        Weft server = Weft.builder()
                .host("127.0.0.1")
                .port(0)
                .options(Options.defaults().acceptBacklog(4096))
                .closeOnExit()
                .namespace(
                        "/",
                        namespace -> namespace.onConnect(socket -> socket.on("work", event -> {
                            LockSupport.parkNanos(WORK_NANOS);
                            System.out.println("handled");
                            event.reply("done");
                        })))
                .start();
        System.out.println(server.port());
        server.join();
    }
}
