package dev.weft.conformance;

import dev.weft.WeftException;
import dev.weft.server.Weft;
import java.io.PrintStream;
import java.util.Optional;

/**
 * Starts the app that {@code -Dapp} names on {@code -Dport} of {@code -Dhost}, over TLS if {@code -Dtls=true}, and prints its URL. Ends with status 2 and
 * one sentence if it is told something that makes no sense, with status 1 if the app cannot start.
 */
public final class Main {
    private static final int CANNOT_START = 1;
    private static final int BAD_USAGE = 2;
    private static final int MAX_PORT = 65_535;

    private Main() {}

    /** Runs until SIGTERM, or until the starting process ends if {@code weft.follow.parent} is true. */
    public static void main(String[] args) throws InterruptedException {
        if (Boolean.getBoolean("weft.follow.parent")) {
            ProcessHandle.current().parent().ifPresent(Main::endWith); // at once: later the parent may be another one
        }
        int status = run(System.out, System.err);
        if (status != 0) {
            System.exit(status);
        }
    }

    private static int run(PrintStream out, PrintStream err) throws InterruptedException {
        String name = property("app", "");
        Optional<App> app = App.named(name);
        if (app.isEmpty()) {
            err.println("Unknown app \"" + name + "\": pass -Dapp=<one of " + App.names() + ">.");
            return BAD_USAGE;
        }
        Optional<Integer> port = port(app.get());
        if (port.isEmpty()) {
            err.println("Port \"" + property("port", "") + "\" is not a number from 0 to " + MAX_PORT + ".");
            return BAD_USAGE;
        }
        String tls = property("tls", "false");
        if (!tls.equals("true") && !tls.equals("false")) {
            err.println("TLS \"" + tls + "\" is neither true nor false.");
            return BAD_USAGE;
        }
        Settings settings = new Settings(property("host", "127.0.0.1"), port.get(), tls.equals("true"));
        return serve(app.get(), settings, out, err);
    }

    private static int serve(App app, Settings settings, PrintStream out, PrintStream err) throws InterruptedException {
        Weft server;
        try {
            server = app.start(settings);
        } catch (WeftException e) {
            err.println(e.getMessage());
            return CANNOT_START;
        }
        out.println(app.url(settings, server.port()));
        server.join();
        return 0;
    }

    /** A Maven that is killed leaves its children running, so they watch it. */
    private static void endWith(ProcessHandle parent) {
        Thread.ofPlatform().daemon().name("parent").start(() -> {
            parent.onExit().join();
            System.exit(0);
        });
    }

    private static Optional<Integer> port(App app) {
        String port = property("port", Integer.toString(app.defaultPort()));
        try {
            return Optional.of(Integer.parseInt(port)).filter(number -> number >= 0 && number <= MAX_PORT);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Maven passes an empty value for what was not given on its command line. */
    private static String property(String name, String otherwise) {
        String value = System.getProperty(name, "");
        return value.isBlank() ? otherwise : value;
    }
}
