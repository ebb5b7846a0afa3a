package dev.weft.conformance.repository;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * What the compiler made of some sources, with the Weft processor.
 *
 * @param complaints its errors and warnings
 * @param classes the folder of the class files
 */
record Compilation(List<String> complaints, Path classes) {
    private static final String PROCESSOR = "dev.weft.processor.WeftProcessor";

    /** Compiles {@code sources}, text by file name, below {@code folder}. */
    static Compilation of(Path folder, Map<String, String> sources, List<String> options) {
        try {
            List<Path> files = new ArrayList<>();
            for (Map.Entry<String, String> source : sources.entrySet()) {
                Path file = folder.resolve("src").resolve(source.getKey());
                Files.createDirectories(file.getParent());
                files.add(Files.writeString(file, source.getValue()));
            }
            return compile(files, Files.createDirectories(folder.resolve("classes")), options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Compilation compile(List<Path> files, Path classes, List<String> options) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        List<String> all =
                new ArrayList<>(List.of("--release", "21", "-processor", PROCESSOR, "-d", classes.toString()));
        all.addAll(options);
        try (StandardJavaFileManager manager =
                compiler.getStandardFileManager(diagnostics, Locale.ROOT, StandardCharsets.UTF_8)) {
            Iterable<? extends JavaFileObject> units = manager.getJavaFileObjectsFromPaths(files);
            compiler.getTask(new StringWriter(), manager, diagnostics, all, null, units)
                    .call();
        }
        return new Compilation(
                diagnostics.getDiagnostics().stream()
                        .filter(diagnostic -> diagnostic.getKind() != Diagnostic.Kind.NOTE
                                && diagnostic.getKind() != Diagnostic.Kind.OTHER)
                        .map(Diagnostic::toString)
                        .toList(),
                classes);
    }
}
