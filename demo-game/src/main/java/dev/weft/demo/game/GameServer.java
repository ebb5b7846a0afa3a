package dev.weft.demo.game;

import dev.weft.demo.game.arena.Arenas;
import dev.weft.server.Weft;

/**
 * Starts Loom. System properties: {@code host} (127.0.0.1; 0.0.0.0 lets phones on the same network join), {@code port}
 * (8080; 0 means any free one), {@code bots} (up to how many seats bots fill, 10).
 */
public final class GameServer {
    private GameServer() {}

    /** Runs until the process is told to end. */
    public static void main(String[] args) throws InterruptedException {
        try (Arenas arenas = new Arenas(Integer.getInteger("bots", 10));
                Weft server =
                        start(arenas, System.getProperty("host", "127.0.0.1"), Integer.getInteger("port", 8080))) {
            Lifetime.endWithParent();
            System.out.println("Loom is ready: http://localhost:" + server.port() + "/");
            server.join();
        }
    }

    /** Starts a server for these arenas. */
    static Weft start(Arenas arenas, String host, int port) {
        return Weft.builder()
                .host(host)
                .port(port)
                .discover()
                .provide(arenas)
                .namespace("/", clients -> arenas.audiences(arena -> Rooms.audience(clients, arena)))
                .staticFiles("/", "classpath:/public")
                .closeOnExit()
                .start();
    }
}
