package dev.weft.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every target takes its corpus and the inputs of a short run. */
class FuzzTest {
    @ParameterizedTest
    @EnumSource
    void findsNothing(Target target) throws Exception {
        Result result = new Fuzzer(target, classPath()).quick();

        System.out.println(Result.TITLES + "\n" + result.line());
        assertThat(result.findings())
                .as(() -> result.findings().stream()
                        .map(finding -> Main.explain(target, finding))
                        .toList()
                        .toString())
                .isEmpty();
        assertThat(result.ended())
                .as("the run ended well; see fuzz/target/findings/" + target.label() + ".log")
                .isTrue();
        assertThat(result.executions()).as("inputs tried").isGreaterThanOrEqualTo(target.runs());
        assertThat(result.coverage()).as("coverage is measured").isPositive();
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }
}
