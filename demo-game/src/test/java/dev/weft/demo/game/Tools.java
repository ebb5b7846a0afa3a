package dev.weft.demo.game;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Programs beside Java. A test that needs one is skipped where it is missing, unless WEFT_REQUIRE_ALL=true. */
public final class Tools {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Tools() {}

    /** Runs a script of {@code src/test/js} in Node and returns the lines that it prints. */
    public static List<String> node(String script, String input, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("node", "src/test/js/" + script));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        Process node;
        try {
            node = builder.start();
        } catch (IOException e) {
            throw missing("Node.js is not installed, so the page's own code was not compared with the server's.");
        }
        Thread.startVirtualThread(() -> {
            try (OutputStream out = node.getOutputStream()) {
                out.write(input.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // The exit code tells.
            }
        });
        String printed = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(node.waitFor()).as("exit code of " + script).isZero();
        return printed.strip().lines().toList();
    }

    /** Returns the first of these programs that is installed. */
    public static Path program(String what, String... paths) {
        return Stream.of(paths)
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> missing(what + " is not installed, so the page was not tried in a real browser."));
    }

    /** Waits until {@code condition}, which becomes true by itself, holds. */
    public static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited in vain for: " + what);
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    private static RuntimeException missing(String sentence) {
        if (Boolean.parseBoolean(System.getenv("WEFT_REQUIRE_ALL"))) {
            Assertions.fail(sentence);
        }
        Assumptions.abort(sentence);
        return new IllegalStateException(sentence);
    }
}
