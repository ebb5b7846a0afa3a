package dev.weft.demo.game;

import dev.weft.server.Weft;

/**
 * When the game ends: on SIGTERM and Ctrl-C, and, with {@code -Dend.with.parent=true}, when the process that started it ends.
 * Maven does not stop its child when it is killed itself; so the child watches Maven.
 */
final class Lifetime {
    private Lifetime() {}

    /** Closes the server in time. */
    static void closeAtEnd(Weft server) {
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "close"));
        if (Boolean.getBoolean("end.with.parent")) {
            ProcessHandle.current().parent().ifPresent(Lifetime::endWith);
        }
    }

    private static void endWith(ProcessHandle parent) {
        Thread.ofVirtual().name("watch parent").start(() -> {
            parent.onExit().join();
            System.exit(0);
        });
    }
}
