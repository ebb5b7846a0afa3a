package dev.weft.processor;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;
import org.jspecify.annotations.Nullable;

/**
 * Writes the dispatchers of handler classes and reports their mistakes. Has no options and works with every source
 * version that the compiler knows. Whatever fails inside becomes one compile error; nothing is thrown at the compiler.
 */
public final class WeftProcessor extends AbstractProcessor {
    /** Null until the first round. */
    private @Nullable Rounds rounds;

    /** Called by the compiler. */
    public WeftProcessor() {}

    @Override
    public Set<String> getSupportedAnnotationTypes() {
        return Rounds.annotations();
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        try {
            Rounds known = rounds == null ? new Rounds(processingEnv) : rounds;
            rounds = known;
            known.process(round);
        } catch (Throwable e) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            processingEnv
                    .getMessager()
                    .printMessage(
                            Diagnostic.Kind.ERROR,
                            "[WEFT-000] the Weft processor failed, which is a fault of Weft; please report it with"
                                    + " this trace:\n" + trace);
        }
        return false;
    }
}
