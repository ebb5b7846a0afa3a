package dev.weft.fuzz;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Runs targets one after the other and prints a table; see docs/fuzzing.md. */
public final class Main {
    private static final int DEFAULT_SECONDS = 60;

    private Main() {}

    /** Runs what the properties {@code fuzz.target}, {@code fuzz.seconds}, {@code fuzz.input} and {@code fuzz.keep} say. */
    public static void main(String[] args) throws IOException, InterruptedException {
        String name = System.getProperty("fuzz.target", "");
        List<Target> targets = name.isEmpty() ? List.of(Target.values()) : List.of(Target.named(name));
        List<Result> results = new ArrayList<>();
        for (Target target : targets) {
            results.add(run(target));
        }
        System.out.println();
        System.out.println(Result.TITLES);
        results.forEach(result -> System.out.println(result.line()));
        System.exit(results.stream().allMatch(Result::good) ? 0 : 1);
    }

    private static Result run(Target target) throws IOException, InterruptedException {
        System.out.println(target.label() + ": its output goes to fuzz/target/findings/" + target.label() + ".log");
        Result result = run(new Fuzzer(target, System.getProperty("java.class.path")));
        System.out.println(Result.TITLES);
        System.out.println(result.line());
        result.findings().forEach(finding -> System.out.println(explain(target, finding)));
        return result;
    }

    private static Result run(Fuzzer fuzzer) throws IOException, InterruptedException {
        String input = System.getProperty("fuzz.input", "");
        if (!input.isEmpty()) {
            return fuzzer.reproduce(Path.of(input));
        }
        if (Boolean.getBoolean("fuzz.keep")) {
            return fuzzer.keep();
        }
        int seconds = Integer.getInteger("fuzz.seconds", DEFAULT_SECONDS);
        return fuzzer.search(Duration.ofSeconds(seconds));
    }

    /** Returns what was found and how to see it again. */
    public static String explain(Target target, String finding) {
        int open = finding.lastIndexOf('(');
        String file = open < 0 ? "FILE" : finding.substring(open + 1, finding.length() - 1);
        return finding + "\n  see it again: mvn -q -pl fuzz -am compile exec:exec -Dfuzz.target=" + target.label()
                + " -Dfuzz.input=" + file;
    }
}
