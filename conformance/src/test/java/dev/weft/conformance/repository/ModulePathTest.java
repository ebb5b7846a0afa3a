package dev.weft.conformance.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.annotation.Endpoint;
import dev.weft.server.Weft;
import java.io.File;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jars are modules, and an application that is one runs on them. */
class ModulePathTest {
    private static final String PARALLELISM = "jdk.virtualThreadScheduler.parallelism";

    private static final String DESCRIPTOR = """
        module greeter {
            requires dev.weft.core;
            opens greeter to tools.jackson.databind;
            provides dev.weft.dispatch.DispatcherProvider with greeter.GreeterDispatcherProvider;
        }
        """;

    private static final String APPLICATION = """
        package greeter;

        import dev.weft.Socket;
        import dev.weft.annotation.Endpoint;
        import dev.weft.annotation.OnMessage;
        import dev.weft.json.JsonMapper;
        import dev.weft.server.Weft;
        import java.util.ArrayList;

        @Endpoint("/greeter")
        class Greeter {
            @OnMessage("hello")
            Greeting hello(Socket socket, String name) {
                return new Greeting("hello " + name);
            }

            record Greeting(String text) {}

            public static void main(String[] args) {
                try (Weft server = Weft.builder().port(0).discover().start()) {
                    System.out.println("runs on " + Weft.class.getModule().getName());
                    System.out.println(JsonMapper.standard().write(new Greeting("hello"), new ArrayList<>()).utf8());
                    System.out.println("listens: " + (server.port() > 0));
                    System.out.println("parallelism: " + System.getProperty("jdk.virtualThreadScheduler.parallelism"));
                }
            }
        }
        """;

    @BeforeAll
    static void jarsAreBuilt() throws Exception {
        boolean built = jarOf(Weft.class).toString().endsWith(".jar");
        Assumptions.assumeTrue(
                built || "true".equals(System.getenv("WEFT_REQUIRE_ALL")), "mvn test makes no jars; mvn verify does");
        assertThat(built).as("the jar of core").isTrue();
    }

    @Test
    void coreExportsItsPublicPackagesAndNoOthers() throws Exception {
        ModuleDescriptor core = descriptor(jarOf(Weft.class));

        assertThat(core.name()).isEqualTo("dev.weft.core");
        assertThat(core.exports().stream().map(ModuleDescriptor.Exports::source))
                .containsExactlyInAnyOrder(
                        "dev.weft",
                        "dev.weft.bytes",
                        "dev.weft.json",
                        "dev.weft.dispatch",
                        "dev.weft.adapter",
                        "dev.weft.server");
        assertThat(core.uses()).containsExactly("dev.weft.dispatch.DispatcherProvider");
        assertThat(core.isAutomatic()).isFalse();
    }

    @Test
    void annotationsAndProcessorAreModules() throws Exception {
        ModuleDescriptor processor = descriptor(jarOf(Class.forName("dev.weft.processor.WeftProcessor")));

        assertThat(descriptor(jarOf(Endpoint.class)).name()).isEqualTo("dev.weft.annotation");
        assertThat(processor.name()).isEqualTo("dev.weft.processor");
        assertThat(processor.provides().stream().map(ModuleDescriptor.Provides::service))
                .containsExactly("javax.annotation.processing.Processor");
    }

    @Test
    void modularApplicationDiscoversItsHandlers(@TempDir Path folder) throws Exception {
        String modulePath = modulePath();
        Compilation compilation = Compilation.of(
                folder,
                Map.of("module-info.java", DESCRIPTOR, "greeter/Greeter.java", APPLICATION),
                List.of("--module-path", modulePath, "--processor-module-path", modulePath, "-Xlint:all,-processing"));
        assertThat(compilation.complaints()).isEmpty();

        String path = modulePath + File.pathSeparator + compilation.classes();
        try (Jvm jvm = Jvm.start(List.of("--module-path", path, "--module", "greeter/greeter.Greeter"))) {
            assertThat(jvm.output().lines())
                    .containsExactly(
                            "runs on dev.weft.core",
                            "{\"text\":\"hello\"}",
                            "listens: true",
                            "parallelism: " + System.getProperty(PARALLELISM));
        }
    }

    @Test
    void closedPackagesCannotBeSeen(@TempDir Path folder) throws Exception {
        Compilation compilation = Compilation.of(
                folder,
                Map.of(
                        "module-info.java",
                        "module nosy { requires dev.weft.core; }",
                        "nosy/Nosy.java",
                        "package nosy; class Nosy { dev.weft.net.ByteInput input; }"),
                List.of("--module-path", modulePath()));

        assertThat(compilation.complaints()).singleElement().asString().contains("package dev.weft.net is not visible");
    }

    private static String modulePath() throws Exception {
        Set<String> modules = Set.of(
                "dev.weft.core",
                "dev.weft.annotation",
                "dev.weft.processor",
                "jakarta.inject",
                "io.github.classgraph",
                "tools.jackson.databind",
                "tools.jackson.core",
                "com.fasterxml.jackson.annotation");
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(path -> path.toString().endsWith(".jar") && Files.exists(path))
                .filter(path -> ModuleFinder.of(path).findAll().stream()
                        .anyMatch(module -> modules.contains(module.descriptor().name())))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static ModuleDescriptor descriptor(Path jar) {
        return ModuleFinder.of(jar).findAll().iterator().next().descriptor();
    }

    private static Path jarOf(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
