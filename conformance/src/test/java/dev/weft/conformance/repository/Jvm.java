package dev.weft.conformance.repository;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM that a test starts. It inherits the environment, and with it the options for test JVMs. */
final class Jvm implements AutoCloseable {
    private static final long EXIT_SECONDS = 60;

    private final Process process;

    private Jvm(Process process) {
        this.process = process;
    }

    /** Starts the {@code java} that runs this test. */
    static Jvm start(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        return new Jvm(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Returns what it printed when it has ended by itself. */
    String output() throws Exception {
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(EXIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new AssertionError("the JVM did not end well; it printed: " + output);
        }
        return output;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
