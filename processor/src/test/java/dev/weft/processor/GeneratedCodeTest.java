package dev.weft.processor;

import static dev.weft.processor.Compilations.compile;
import static dev.weft.processor.Compilations.golden;
import static dev.weft.processor.Compilations.names;
import static dev.weft.processor.Compilations.source;
import static dev.weft.processor.Compilations.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds generated code against files that people have read. {@code WEFT_UPDATE_GOLDENS=1} writes them anew. */
class GeneratedCodeTest {
    private static final Formatter FORMATTER = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .build());

    static Stream<String> handlers() {
        return names("good").stream();
    }

    @ParameterizedTest
    @MethodSource("handlers")
    void compilesWithEveryWarningOnAndLooksAsExpected(String name) {
        Compilation compilation = compile(source("good", name));
        List<JavaFileObject> generated = compilation.generatedSourceFiles();
        for (JavaFileObject file : generated) {
            String fileName = Path.of(file.getName()).getFileName().toString();
            assertThat(text(file)).as(fileName).isEqualTo(golden(fileName, text(file)));
        }
        assertThat(Compilations.report(compilation)).isEmpty();
        assertThat(compilation.status()).isEqualTo(Compilation.Status.SUCCESS);
        assertThat(generated).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("handlers")
    void isFormattedAsTheFormatterWould(String name) throws Exception {
        for (JavaFileObject file : compile(source("good", name)).generatedSourceFiles()) {
            assertThat(text(file)).as(file.getName()).isEqualTo(FORMATTER.formatSourceAndFixImports(text(file)));
        }
    }
}
