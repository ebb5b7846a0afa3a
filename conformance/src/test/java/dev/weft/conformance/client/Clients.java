package dev.weft.conformance.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The programs that hold the scenarios of foreign clients, and what they need to run. */
public final class Clients {
    private static final Duration INSTALL_LIMIT = Duration.ofMinutes(3);
    private static final Duration PROBE_LIMIT = Duration.ofSeconds(20);

    private Clients() {}

    /** Returns the folder {@code conformance/clients}, wherever the build was started. */
    public static Path folder() {
        Path fromModule = Path.of("clients");
        return Files.isDirectory(fromModule) ? fromModule : Path.of("conformance", "clients");
    }

    /** Returns the start of a Node.js command, once the packages of the lock file are installed. */
    public static String node() {
        boolean present = works(List.of("node", "--version")) && works(List.of("npm", "--version"));
        Prerequisite.require(present, "Node.js and npm are needed for the scenarios of the stock JavaScript clients.");
        installPackages();
        return "node";
    }

    /** Returns a Python that has python-socketio: {@code WEFT_PYTHON}, or Debian's. */
    static String python() {
        String python = System.getenv().getOrDefault("WEFT_PYTHON", "/usr/bin/python3");
        boolean present = works(List.of(python, "-c", "import socketio, requests, websocket"));
        Prerequisite.require(
                present,
                python + " cannot import socketio, requests and websocket: install python3-socketio, python3-requests"
                        + " and python3-websocket, or name another Python in WEFT_PYTHON.");
        return python;
    }

    /** Returns whether {@code command} can be run and says that it went well. */
    public static boolean works(List<String> command) {
        return Program.run(folder(), PROBE_LIMIT, line -> {}, command).status() == 0;
    }

    /** npm writes its own lock file last, so it is older than ours exactly if an install is due. */
    private static void installPackages() {
        Path wanted = folder().resolve("package-lock.json");
        Path installed = folder().resolve("node_modules/.package-lock.json");
        if (Files.exists(installed) && modified(installed) >= modified(wanted)) {
            return;
        }
        List<String> install = List.of("npm", "ci", "--no-audit", "--no-fund", "--prefer-offline");
        Program npm = Program.run(folder(), INSTALL_LIMIT, line -> {}, install);
        assertThat(npm.status()).as("npm ci: %s", npm.output()).isZero();
    }

    private static long modified(Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
