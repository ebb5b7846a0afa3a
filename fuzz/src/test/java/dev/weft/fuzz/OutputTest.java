package dev.weft.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutputTest {
    private final Output output = new Output();

    private void prints(String... lines) {
        for (String line : lines) {
            output.line(line);
        }
        output.end();
    }

    @Test
    void namesTheInputThatMadeTheTargetFail() {
        prints(
                "== Java Exception: java.lang.AssertionError: planted",
                "\tat P.fuzzerTestOneInput(P.java:1)",
                "== libFuzzer crashing input ==",
                "MS: 6 CrossOver-Custom-CMP-Custom- DE: \"weft\"-; base unit: adc83b19e793491b1c6ea0fd8b46cd9f32e592fc",
                "artifact_prefix='out/'; Test unit written to out/crash-c736");

        assertThat(output.findings).containsExactly("java.lang.AssertionError: planted (out/crash-c736)");
        assertThat(Main.explain(Target.FRAMES, output.findings.getFirst()))
                .endsWith("-Dfuzz.target=Frames -Dfuzz.input=out/crash-c736");
    }

    @Test
    void reportsInputsThatTakeTooLong() {
        prints(
                "==12== ERROR: libFuzzer: timeout after 61 seconds",
                "artifact_prefix='o/'; Test unit written to o/timeout-1");

        assertThat(output.findings).containsExactly("libFuzzer: timeout after 61 seconds (o/timeout-1)");
    }

    @Test
    void reportsAFailureThatBelongsToNoInput() {
        prints("Done 90 runs in 13 second(s)", "== Java Exception: java.lang.AssertionError: a thread is left");

        assertThat(output.findings).containsExactly("java.lang.AssertionError: a thread is left");
    }

    @Test
    void readsCountsAndGrowth() {
        prints(
                "#2\tINITED cov: 1816 ft: 1900 corp: 1/1b exec/s: 0 rss: 477Mb",
                "#64\tpulse  cov: 2081 ft: 2735 corp: 30/55b lim: 4 exec/s: 5 rss: 481Mb",
                "Done 90 runs in 13 second(s)");

        assertThat(output.findings).isEmpty();
        assertThat(output.seeds).isEqualTo(1816);
        assertThat(output.coverage).isEqualTo(2081);
        assertThat(output.features).isEqualTo(2735);
        assertThat(output.corpus).isEqualTo(30);
        assertThat(output.executions).isEqualTo(90);
    }
}
