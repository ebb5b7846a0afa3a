package dev.weft.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds that compile only some of the classes, into the folder of the last build. */
class IncrementalBuildTest {
    @TempDir
    private Path output;

    private void build(JavaFileObject... sources) throws IOException {
        assertThat(succeeds(sources)).isTrue();
    }

    private boolean succeeds(JavaFileObject... sources) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(output));
            JavaCompiler.CompilationTask task = compiler.getTask(
                    java.io.Writer.nullWriter(),
                    files,
                    diagnostic -> {},
                    List.of("-classpath", output + java.io.File.pathSeparator + System.getProperty("java.class.path")),
                    null,
                    Arrays.asList(sources));
            task.setProcessors(List.of(new WeftProcessor()));
            return task.call();
        }
    }

    private List<String> services() throws IOException {
        return Files.readAllLines(output.resolve(ServiceFileWriter.PATH));
    }

    private static JavaFileObject handler(String name) {
        return Compilations.lines(
                "com.acme." + name,
                "package com.acme;",
                "@dev.weft.annotation.Endpoint(\"/" + name + "\")",
                "class " + name + " {}");
    }

    private static JavaFileObject mistaken(String name) {
        return Compilations.lines(
                "com.acme." + name,
                "package com.acme;",
                "@dev.weft.annotation.Endpoint(\"no slash\")",
                "class " + name + " {}");
    }

    @Test
    void keepsTheLinesOfClassesThatWereNotCompiledAgain() throws IOException {
        build(handler("A"), handler("B"));
        build(handler("B"), handler("C_D"));
        assertThat(services())
                .containsExactly(
                        "com.acme.ADispatcherProvider",
                        "com.acme.BDispatcherProvider",
                        "com.acme.C_DDispatcherProvider");
    }

    @Test
    void dropsTheLinesOfClassesThatAreGone() throws IOException {
        build(handler("A"), handler("B"));
        Files.delete(output.resolve("com/acme/A.class"));
        build(handler("B"));
        assertThat(services()).containsExactly("com.acme.BDispatcherProvider");
    }

    @Test
    void dropsTheLinesOfClassesThatAreNoHandlersAnyMore() throws IOException {
        build(handler("A"), handler("B"));
        build(handler("B"), Compilations.lines("com.acme.A", "package com.acme;", "class A {}"));
        assertThat(services()).containsExactly("com.acme.BDispatcherProvider");
    }

    @Test
    void aBuildWithoutHandlersLeavesTheFileAlone() throws IOException {
        build(handler("A"));
        build(Compilations.lines("com.acme.Other", "package com.acme;", "class Other {}"));
        assertThat(services()).containsExactly("com.acme.ADispatcherProvider");
    }

    @Test
    void aBuildWithAMistakeLeavesTheFileAlone() throws IOException {
        build(handler("A"));
        assertThat(succeeds(handler("B"), mistaken("C"))).isFalse();
        assertThat(services()).containsExactly("com.acme.ADispatcherProvider");
    }
}
