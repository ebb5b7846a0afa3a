package dev.weft.processor;

import static dev.weft.processor.Compilations.lines;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mistakes in classes that come from a jar, where the compiler has no line to point at. */
class ClassFilesTest {
    private static final JavaFileObject RECORDS = lines(
            "com.acme.lib.Order",
            "package com.acme.lib;",
            "import jakarta.validation.constraints.Size;",
            "public record Order(java.math.BigDecimal price, @Size String text, Part part) {",
            "    public sealed interface Part permits Bolt {}",
            "    public record Bolt(String type) implements Part {}",
            "}");

    private static final JavaFileObject BASE = lines(
            "com.acme.lib.Base",
            "package com.acme.lib;",
            "import dev.weft.annotation.*;",
            "public abstract class Base<T> {",
            "    @jakarta.inject.Inject T injected;",
            "    @OnMessage(\"closed\")",
            "    void closed() {}",
            "    @OnMessage(\"secret\")",
            "    private void secret() {}",
            "    @OnMessage(\"any\")",
            "    public void any(T any) {}",
            "}");

    private static final JavaFileObject SIZE = lines(
            "jakarta.validation.constraints.Size",
            "package jakarta.validation.constraints;",
            "public @interface Size {}");

    private static final String REMEDY = " cannot be read from a packet; use a record, enum, primitive, String,"
        + " byte[], Instant, UUID, JsonNode, or a List, Set, Optional or Map<String, …> of those, or annotate it with"
        + " @Json";

    @TempDir
    private Path jar;

    private List<String> compile(JavaFileObject source) throws IOException {
        Compilation library = Compilations.compile(List.of(), RECORDS, BASE, SIZE);
        for (JavaFileObject file : library.generatedFiles()) {
            Path target = jar.resolve(file.toUri().getPath().replaceFirst("/[^/]*/", ""));
            Files.createDirectories(target.getParent());
            try (InputStream in = file.openInputStream()) {
                Files.copy(in, target);
            }
        }
        List<File> classpath = Stream.concat(
                        Stream.of(jar.toFile()),
                        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                                .map(File::new))
                .toList();
        return Compilations.report(Compilations.compileWith(classpath, source))
                .lines()
                .toList();
    }

    @Test
    void ofARecordAreShownAtTheParameter() throws IOException {
        assertThat(compile(lines(
                        "com.acme.Orders",
                        "package com.acme;",
                        "import dev.weft.annotation.*;",
                        "@Endpoint",
                        "class Orders {",
                        "    @OnMessage(\"order\")",
                        "    void order(int number, com.acme.lib.Order order) {}",
                        "}")))
                .containsExactly(
                        "6:47 error: [WEFT-120] Order.price: BigDecimal" + REMEDY,
                        "6:47 warning: [WEFT-329] @Size of Order.text is not checked by Weft yet; check it in the"
                                + " method",
                        "6:47 error: [WEFT-120] Order.Bolt has a component \"type\", which names the record in a"
                                + " packet; rename it");
    }

    @Test
    void ofASuperclassAreShownAtTheClass() throws IOException {
        assertThat(compile(lines(
                        "com.acme.Orders",
                        "package com.acme;",
                        "import dev.weft.annotation.*;",
                        "@Endpoint",
                        "class Orders extends com.acme.lib.Base<Thread> {}")))
                .containsExactly(
                        "3:1 error: [WEFT-105] field Base.injected has @Inject, which only constructors may have; take"
                                + " it in the constructor",
                        "3:1 error: [WEFT-110] Base.closed() is inherited from another package, so the generated"
                                + " dispatcher cannot call it; make it public",
                        "3:1 error: [WEFT-110] Base.secret() is private, so the generated dispatcher cannot call it;"
                                + " make it public",
                        "3:1 error: [WEFT-120] argument 1 of \"any\": Thread" + REMEDY);
    }
}
