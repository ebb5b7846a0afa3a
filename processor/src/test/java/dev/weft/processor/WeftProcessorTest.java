package dev.weft.processor;

import static dev.weft.processor.Compilations.compile;
import static dev.weft.processor.Compilations.lines;
import static dev.weft.processor.Compilations.report;
import static dev.weft.processor.Compilations.serviceFile;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import dev.weft.annotation.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Messager;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;

/** How the processor behaves towards the compiler. */
class WeftProcessorTest {
    private static final JavaFileObject NEEDS_GENERATED = lines(
            "com.acme.Late",
            "package com.acme;",
            "import dev.weft.annotation.*;",
            "@Endpoint(\"/late\")",
            "class Late {",
            "    @OnMessage(\"go\")",
            "    void go(Later later) {}",
            "}");

    /** Writes record {@code com.acme.Later} in the first round. */
    private static final class LaterWriter extends AbstractProcessor {
        private boolean written;

        @Override
        public Set<String> getSupportedAnnotationTypes() {
            return Set.of(Endpoint.class.getCanonicalName());
        }

        @Override
        public SourceVersion getSupportedSourceVersion() {
            return SourceVersion.latestSupported();
        }

        @Override
        public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
            if (!written) {
                written = true;
                try (Writer file = processingEnv
                        .getFiler()
                        .createSourceFile("com.acme.Later")
                        .openWriter()) {
                    file.write("package com.acme;\n\nrecord Later(int round) {}\n");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return false;
        }
    }

    @Test
    void waitsForTypesThatAnotherProcessorWrites() {
        Compilation compilation = compile(List.of(new WeftProcessor(), new LaterWriter()), NEEDS_GENERATED);
        assertThat(report(compilation)).isEmpty();
        assertThat(serviceFile(compilation).lines()).containsExactly("com.acme.LateDispatcherProvider");
    }

    @Test
    void leavesTypesThatNeverComeToTheCompiler() {
        Compilation compilation = compile(NEEDS_GENERATED);
        assertThat(compilation.status()).isEqualTo(Compilation.Status.FAILURE);
        assertThat(report(compilation)).contains("cannot find symbol").doesNotContain("WEFT");
    }

    @Test
    void leavesAnAuthorizerThatDoesNotExistToTheCompiler() {
        Compilation compilation = compile(lines(
                "com.acme.Guarded",
                "package com.acme;",
                "import dev.weft.annotation.*;",
                "@Endpoint",
                "@Authorize(Missing.class)",
                "class Guarded {}"));
        assertThat(report(compilation)).contains("cannot find symbol").doesNotContain("WEFT");
    }

    @Test
    void handlerCodeMayNameTheGeneratedDispatcher() {
        Compilation compilation = compile(lines(
                "com.acme.Self",
                "package com.acme;",
                "import dev.weft.annotation.*;",
                "@Endpoint",
                "class Self {",
                "    SelfDispatcher dispatcher() {",
                "        return new SelfDispatcher(this);",
                "    }",
                "}"));
        assertThat(report(compilation)).isEmpty();
    }

    @Test
    void showsAColumnUnderTheAnnotationValue() {
        Compilation compilation = compile(lines(
                "com.acme.Wrong", "package com.acme;", "@dev.weft.annotation.Endpoint(\"wrong\")", "class Wrong {}"));
        assertThat(report(compilation))
                .isEqualTo("2:31 error: [WEFT-106] namespace \"wrong\" must start with \"/\"; did you mean \"/wrong\"?"
                        + System.lineSeparator());
    }

    @Test
    void isFoundAsAService() {
        List<Class<?>> processors = new ArrayList<>();
        ServiceLoader.load(Processor.class).stream()
                .map(ServiceLoader.Provider::type)
                .forEach(processors::add);
        assertThat(processors).contains(WeftProcessor.class);
    }

    @Test
    void supportsTheNewestSourceVersionAndHasNoOptions() {
        WeftProcessor processor = new WeftProcessor();
        assertThat(processor.getSupportedSourceVersion()).isEqualTo(SourceVersion.latest());
        assertThat(processor.getSupportedOptions()).isEmpty();
        assertThat(processor.getSupportedAnnotationTypes())
                .hasSize(9)
                .allSatisfy(name -> assertThat(Class.forName(name)).isAnnotation());
    }

    @Test
    void turnsItsOwnFailureIntoAMessage() {
        List<String> messages = new ArrayList<>();
        Messager messager = Fakes.of(Messager.class, Map.of("printMessage", args -> messages.add((String) args[1])));
        ProcessingEnvironment broken = Fakes.of(ProcessingEnvironment.class, Map.of("getMessager", args -> messager));
        WeftProcessor processor = new WeftProcessor();
        processor.init(broken);
        assertThat(processor.process(Set.of(), Fakes.of(RoundEnvironment.class, Map.of())))
                .isFalse();
        assertThat(messages)
                .singleElement()
                .asString()
                .startsWith("[WEFT-000] the Weft processor failed")
                .contains("getElementUtils");
    }
}
