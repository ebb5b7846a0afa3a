package dev.weft.conformance.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * How a program ended.
 *
 * @param status its exit status; -1 if it had to be killed
 * @param lines what it printed, standard error included
 */
public record Program(int status, List<String> lines) {
    private static final int KILLED = -1;

    /** Runs {@code command} in {@code folder}, showing every line to {@code watcher} as it comes; kills it at the limit. */
    public static Program run(Path folder, Duration limit, Consumer<String> watcher, List<String> command) {
        return run(folder, limit, watcher, Map.of(), command);
    }

    /** Does the same with {@code more} environment variables. */
    static Program run(
            Path folder, Duration limit, Consumer<String> watcher, Map<String, String> more, List<String> command) {
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
            builder.environment().putAll(more);
            Process process = builder.start();
            Thread guard = Thread.ofVirtual().start(() -> killAfter(limit, process));
            try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
                List<String> lines = new ArrayList<>();
                for (String line = out.readLine(); line != null; line = out.readLine()) {
                    lines.add(line);
                    watcher.accept(line);
                }
                int status = process.waitFor();
                guard.interrupt();
                return new Program(status, lines);
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            return new Program(KILLED, List.of(String.valueOf(e.getMessage())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException(e));
        }
    }

    private static void killAfter(Duration limit, Process process) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public String output() {
        return String.join("\n", lines);
    }
}
