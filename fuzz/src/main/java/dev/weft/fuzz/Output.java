package dev.weft.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Understands what the fuzzer prints, line by line. */
final class Output {
    private static final Pattern PROGRESS =
            Pattern.compile("#(\\d+)\\s+([A-Za-z]+)\\s+cov: (\\d+) ft: (\\d+) corp: (\\d+)/.*");
    private static final Pattern DONE = Pattern.compile("Done (\\d+) runs in .*");
    private static final Pattern FAILURE = Pattern.compile("== Java Exception: (.+)|==\\d+== ERROR: (.+)");
    private static final Pattern ARTIFACT = Pattern.compile(".*Test unit written to (.+)");

    final List<String> findings = new ArrayList<>();
    long executions;
    int seeds;
    int coverage;
    int features;
    int corpus;
    private String failure = "";

    void line(String line) {
        Matcher progress = PROGRESS.matcher(line);
        Matcher done = DONE.matcher(line);
        Matcher failed = FAILURE.matcher(line);
        Matcher artifact = ARTIFACT.matcher(line);
        if (progress.matches()) {
            progress(progress);
        } else if (done.matches()) {
            executions = Long.parseLong(done.group(1));
        } else if (failed.matches()) {
            failure = failed.group(1) == null ? failed.group(2) : failed.group(1);
        } else if (artifact.matches()) {
            findings.add(failure + " (" + artifact.group(1) + ")");
            failure = "";
        }
    }

    /** Takes the end of the output: a failure that belongs to no input, such as a leak, is a finding too. */
    void end() {
        if (!failure.isEmpty()) {
            findings.add(failure);
        }
    }

    private void progress(Matcher progress) {
        executions = Long.parseLong(progress.group(1));
        coverage = Integer.parseInt(progress.group(3));
        features = Integer.parseInt(progress.group(4));
        corpus = Integer.parseInt(progress.group(5));
        if (progress.group(2).equals("INITED")) {
            seeds = coverage;
        }
    }
}
