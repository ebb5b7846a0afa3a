package dev.weft.demo.game;

/**
 * When the game ends besides SIGTERM and Ctrl-C: with {@code -Dend.with.parent=true}, when the process that started it ends.
 * Maven does not stop its child when it is killed itself; so the child watches Maven.
 */
final class Lifetime {
    private Lifetime() {}

    /** Ends this process when its parent ends, if it is asked to. */
    static void endWithParent() {
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
