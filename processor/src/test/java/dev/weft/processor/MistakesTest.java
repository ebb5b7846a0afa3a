package dev.weft.processor;

import static dev.weft.processor.Compilations.compile;
import static dev.weft.processor.Compilations.golden;
import static dev.weft.processor.Compilations.names;
import static dev.weft.processor.Compilations.report;
import static dev.weft.processor.Compilations.source;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every mistake is one message at the right line and column. {@code WEFT_UPDATE_GOLDENS=1} writes the messages anew. */
class MistakesTest {
    private static final Pattern TAG = Pattern.compile("\\[WEFT-(\\d{3})]");

    static Stream<String> mistakes() {
        return names("bad").stream();
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void eachHasOneMessageWhereItStands(String name) {
        Compilation compilation = compile(source("bad", name));
        String report = report(compilation);
        assertThat(report).isEqualTo(golden(name + ".txt", report));
        assertThat(compilation.status()).isEqualTo(Compilation.Status.FAILURE);
    }

    @Test
    void everyRuleHasAMistake() {
        String messages = mistakes()
                .map(name -> Compilations.read(Path.of("src/test/resources/expected", name + ".txt")))
                .collect(Collectors.joining());
        TreeSet<String> tags = TAG.matcher(messages)
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(tags)
                .containsExactly(
                        "101", "102", "103", "104", "105", "106", "107", "108", "110", "111", "112", "120", "121",
                        "122", "123", "124", "301", "302", "350");
    }
}
