package dev.weft.fuzz;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs one target in a JVM of its own: Jazzer instruments {@code dev.weft}, and libFuzzer makes the inputs. */
public final class Fuzzer {
    private static final String MAIN = "com.code_intelligence.jazzer.Jazzer";

    /** Detectors of what no Weft server does, left out since they take long to load; one forbids all sockets. */
    private static final List<String> UNUSED_DETECTORS = List.of(
            "ClojureLangHooks",
            "ExpressionLanguageInjection",
            "LdapInjection",
            "ScriptEngineInjection",
            "ServerSideRequestForgery",
            "SqlInjection",
            "TemplateInjection",
            "UnsafeSanitizer",
            "XPathInjection",
            "XmlParserSsrfGuidance");

    /** What a JVM may take longer than its run, on a loaded machine. */
    private static final Duration SLACK = Duration.ofMinutes(5);

    private final Target target;
    private final String classPath;

    /** Creates a fuzzer; {@code classPath} holds the targets, Weft and Jazzer. */
    public Fuzzer(Target target, String classPath) {
        this.target = target;
        this.classPath = classPath;
    }

    /** Tries the corpus, and as many new inputs as a short run has, always the same ones. */
    public Result quick() throws IOException, InterruptedException {
        List<String> options = libFuzzer();
        options.addAll(List.of("-seed=1", "-runs=" + target.runs()));
        options.add(empty(target.quick()).toString()); // what is found goes to the first folder, and back in from there
        options.add(target.corpus().toString());
        return run(options, List.of("-XX:TieredStopAtLevel=1"), SLACK);
    }

    /** Tries inputs for a time, starting from the corpus and from what earlier long runs found. */
    public Result search(Duration time) throws IOException, InterruptedException {
        Files.createDirectories(target.work());
        List<String> options = libFuzzer();
        options.add("-max_total_time=" + time.toSeconds());
        options.add(target.work().toString());
        options.add(target.corpus().toString());
        return run(options, List.of(), time.plus(SLACK));
    }

    /** Tries one input. */
    public Result reproduce(Path input) throws IOException, InterruptedException {
        List<String> options = libFuzzer();
        options.add(input.toString());
        return run(options, List.of(), SLACK);
    }

    /** Adds to the corpus the smallest inputs of long runs that reach something new. */
    public Result keep() throws IOException, InterruptedException {
        List<String> options = libFuzzer();
        options.addAll(
                List.of("-merge=1", target.corpus().toString(), target.work().toString()));
        return run(options, List.of(), SLACK);
    }

    private static Path empty(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        return folder;
    }

    private List<String> libFuzzer() throws IOException {
        Files.createDirectories(target.corpus());
        Files.createDirectories(target.findings());
        List<String> options = new ArrayList<>();
        options.add("--target_class=" + target.code().getName());
        options.add("--instrumentation_includes=dev.weft.**");
        options.add("--custom_hook_includes=dev.weft.**");
        options.add("--reproducer_path=" + target.findings());
        options.add("--disabled_hooks="
                + String.join(
                        ":",
                        UNUSED_DETECTORS.stream()
                                .map(name -> "com.code_intelligence.jazzer.sanitizers." + name)
                                .toList()));
        options.add("-artifact_prefix=" + target.findings() + "/");
        options.add("-max_len=" + target.maxLength());
        options.add("-timeout=60");
        target.dictionary().forEach(file -> options.add("-dict=" + file));
        return options;
    }

    private Result run(List<String> options, List<String> jvm, Duration limit)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command(options, jvm))
                .redirectErrorStream(true)
                .start();
        Output output = new Output();
        Path log = target.findings().resolveSibling(target.label() + ".log");
        Thread reader = Thread.ofVirtual().start(() -> copy(process, output, log));
        boolean ended = process.waitFor(limit.toSeconds(), TimeUnit.SECONDS);
        process.destroyForcibly();
        reader.join();
        output.end();
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        return new Result(
                target,
                output.executions,
                output.seeds,
                output.coverage,
                output.features,
                output.corpus,
                List.copyOf(output.findings),
                ended && process.exitValue() == 0,
                time);
    }

    private List<String> command(List<String> options, List<String> jvm) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:+EnableDynamicAgentLoading"));
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-classpath", classPath, MAIN));
        command.addAll(options);
        return command;
    }

    private static void copy(Process process, Output output, Path log) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
                var file = Files.newBufferedWriter(log)) {
            for (String line; (line = lines.readLine()) != null; ) {
                output.line(line);
                file.write(line);
                file.newLine();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
