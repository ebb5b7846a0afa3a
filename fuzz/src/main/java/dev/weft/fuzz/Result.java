package dev.weft.fuzz;

import java.time.Duration;
import java.util.List;

/**
 * What a run of a target gave.
 *
 * @param executions inputs tried
 * @param seeds coverage points that the corpus alone reaches
 * @param coverage coverage points reached at the end
 * @param features what tells inputs apart: coverage points with how often each was passed
 * @param corpus inputs that each reach something of their own
 * @param findings inputs on which the target failed, and what it said
 * @param ended whether the run came to its end by itself, with a good exit code
 */
public record Result(
        Target target,
        long executions,
        int seeds,
        int coverage,
        int features,
        int corpus,
        List<String> findings,
        boolean ended,
        Duration time) {
    /** The titles of {@link #line}. */
    public static final String TITLES = String.format(
            "%-14s %12s %9s %9s %9s %8s %8s %9s",
            "target", "executions", "coverage", "growth", "features", "corpus", "seconds", "findings");

    /** Returns this as a line of a table. */
    public String line() {
        return String.format(
                "%-14s %12d %9d %9s %9d %8d %8d %9d",
                target.label(),
                executions,
                coverage,
                "+" + (coverage - seeds),
                features,
                corpus,
                time.toSeconds(),
                findings.size());
    }

    /** Returns whether nothing was found and the run is worth something: inputs were tried, and coverage was measured. */
    public boolean good() {
        return ended && findings.isEmpty() && executions > 0 && coverage > 0;
    }
}
