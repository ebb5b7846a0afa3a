package dev.weft.demo.game;

import dev.weft.demo.game.arena.Arenas;
import dev.weft.server.Tls;
import dev.weft.server.Weft;
import dev.weft.server.WeftBuilder;

/**
 * Starts Loom. System properties: {@code host} (127.0.0.1; 0.0.0.0 lets phones on the same network join), {@code port}
 * (8080; 0 means any free one), {@code bots} (up to how many seats bots fill, 10), {@code tls} (true: over TLS, with a certificate that the
 * game signs itself and browsers warn of).
 */
public final class GameServer {
    private GameServer() {}

    /** Runs until the process is told to end. */
    public static void main(String[] args) throws InterruptedException {
        try (Arenas arenas = new Arenas(Integer.getInteger("bots", 10));
                Weft server = start(
                        arenas,
                        System.getProperty("host", "127.0.0.1"),
                        Integer.getInteger("port", 8080),
                        Boolean.getBoolean("tls"))) {
            Lifetime.endWithParent();
            System.out.println("Loom is ready: " + server.url().getScheme() + "://localhost:" + server.port() + "/");
            server.join();
        }
    }

    /** Starts a server for these arenas. */
    static Weft start(Arenas arenas, String host, int port, boolean tls) {
        WeftBuilder builder = Weft.builder()
                .host(host)
                .port(port)
                .discover()
                .provide(arenas)
                .namespace("/", clients -> arenas.audiences(arena -> Rooms.audience(clients, arena)))
                .staticFiles("/", "classpath:/public")
                .closeOnExit();
        return (tls ? builder.tls(Tls.selfSigned()) : builder).start();
    }
}
