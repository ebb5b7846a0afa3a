package dev.weft.processor;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import com.google.testing.compile.JavaFileObjects;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import javax.tools.StandardLocation;

/** Compiles test sources as a user of the strictest settings would, except that each source is one file. */
final class Compilations {
    private static final Path RESOURCES = Path.of("src", "test", "resources");
    private static final boolean UPDATE = System.getenv("WEFT_UPDATE_GOLDENS") != null;

    private Compilations() {}

    static List<String> names(String folder) {
        try (Stream<Path> files = Files.list(RESOURCES.resolve(folder))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JavaFileObject source(String folder, String name) {
        return JavaFileObjects.forSourceString(
                name, read(RESOURCES.resolve(folder).resolve(name + ".java")));
    }

    static JavaFileObject lines(String qualifiedName, String... lines) {
        return JavaFileObjects.forSourceString(qualifiedName, String.join("\n", lines));
    }

    static Compilation compile(JavaFileObject... sources) {
        return compile(List.of(new WeftProcessor()), sources);
    }

    static Compilation compile(List<? extends Processor> processors, JavaFileObject... sources) {
        return Compiler.javac()
                .withProcessors(processors)
                .withOptions("--release", "21", "-Xlint:all,-processing,-options,-auxiliaryclass", "-Werror")
                .compile(sources);
    }

    /** Compiles against class files. */
    static Compilation compileWith(List<File> classpath, JavaFileObject... sources) {
        return Compiler.javac()
                .withProcessors(new WeftProcessor())
                .withClasspath(classpath)
                .withOptions("--release", "21")
                .compile(sources);
    }

    /** Returns the messages of the compiler, each with line and column, in the order of the source. */
    static String report(Compilation compilation) {
        StringBuilder report = new StringBuilder();
        compilation.diagnostics().stream()
                .filter(each -> !each.getMessage(Locale.ROOT).contains("-Werror"))
                .sorted(java.util.Comparator.comparingLong(Diagnostic::getPosition))
                .forEach(each -> report.append("%d:%d %s: %s%n"
                        .formatted(
                                each.getLineNumber(),
                                each.getColumnNumber(),
                                each.getKind() == Diagnostic.Kind.ERROR ? "error" : "warning",
                                each.getMessage(Locale.ROOT))));
        return report.toString();
    }

    /** Returns the expected content of a golden file; writes {@code actual} into it first when asked to. */
    static String golden(String name, String actual) {
        Path file = RESOURCES.resolve("expected").resolve(name);
        if (UPDATE) {
            try {
                Files.writeString(file, actual);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return read(file);
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(JavaFileObject file) {
        try {
            return file.getCharContent(true).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a loader for the classes of a compilation, above those of the tests. */
    static ClassLoader load(Compilation compilation) {
        Map<String, byte[]> files = new HashMap<>();
        for (JavaFileObject file : compilation.generatedFiles()) {
            try (InputStream in = file.openInputStream()) {
                files.put(path(file.toUri()), in.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new ClassLoader(Compilations.class.getClassLoader()) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                byte[] bytes = files.get(name.replace('.', '/') + ".class");
                if (bytes == null) {
                    throw new ClassNotFoundException(name);
                }
                return defineClass(name, bytes, 0, bytes.length);
            }
        };
    }

    private static String path(URI uri) {
        return Arrays.stream(uri.getPath().split("/"))
                .skip(2) // the empty string before the first slash, and the location
                .reduce((left, right) -> left + "/" + right)
                .orElseThrow();
    }

    static String serviceFile(Compilation compilation) {
        return compilation
                .generatedFile(StandardLocation.CLASS_OUTPUT, ServiceFileWriter.PATH)
                .map(Compilations::text)
                .orElse("");
    }

    static String utf8(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
