package dev.weft.conformance.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documentation shows compiles, and what README promises runs. */
class DocumentationTest {
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(#[^)]*)?\\)");

    private static final Pattern GENERATED_COMMENT =
            Pattern.compile("<!-- generated: (\\w+) -->\\n```java\\n.*?```", Pattern.DOTALL);

    private static final Pattern THREAD = Pattern.compile("\\.name\\(\"(weft-[\\w-]+)\"\\)");

    @TempDir
    private Path folder;

    static List<Page> pages() throws IOException {
        return Page.all();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void javaBlocksCompile(Page page) {
        if (!page.sources().isEmpty()) {
            assertThat(compile(page.sources()).complaints()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void linksLeadSomewhere(Page page) {
        List<String> links =
                LINK.matcher(page.text()).results().map(link -> link.group(1)).toList();

        assertThat(links)
                .allSatisfy(link -> assertThat(page.file().resolveSibling(link)).exists());
    }

    /** After a change of the processor run this with {@code -Dweft.test.jvm=-Dweft.docs=write}. */
    @Test
    void readmeShowsWhatTheProcessorWrites() throws IOException {
        Page readme = Page.readme();
        Compilation compilation = compile(readme.sources());
        String shown = GENERATED_COMMENT.matcher(readme.text()).replaceAll(block -> withGenerated(block, compilation));
        if ("write".equals(System.getProperty("weft.docs"))) {
            Files.writeString(readme.file(), shown);
        }

        assertThat(readme.generated()).isNotEmpty();
        assertThat(Page.readme().text()).isEqualTo(shown);
    }

    @Test
    void serverOfReadmeAcknowledgesItsClient() throws Exception {
        int port = freePort();
        Map<String, String> sources = new LinkedHashMap<>();
        Page.readme().sources().forEach((name, source) -> sources.put(name, source.replace("3000", "" + port)));
        Compilation compilation = compile(sources);
        String classPath = compilation.classes() + File.pathSeparator + withoutTests();

        IO.Options options = new IO.Options();
        options.reconnectionDelay = 100;
        options.reconnectionDelayMax = 100;
        Socket client = IO.socket(URI.create("http://localhost:" + port), options);
        try (Jvm server = Jvm.start(List.of("-classpath", classPath, "Chat"))) {
            CompletableFuture<Object> length = new CompletableFuture<>();
            client.emit("say", new Object[] {"hello"}, (Ack) answer -> length.complete(answer[0]));
            client.connect();

            assertThat(length.get(30, TimeUnit.SECONDS)).isEqualTo(5);
            assertThat(server.isAlive()).isTrue();
        } finally {
            client.close();
        }
    }

    /** Returns this class path without the handler classes of tests, which the server would discover. */
    private static String withoutTests() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes") && !entry.endsWith("test-classes" + File.separator))
                .collect(Collectors.joining(File.pathSeparator));
    }

    @Test
    void architectureNamesEveryThreadAndEveryLock() throws IOException {
        String page = Files.readString(Page.ROOT.resolve("ARCHITECTURE.md"));
        Map<String, String> core = Page.coreSources();
        List<String> threads = core.values().stream()
                .flatMap(source -> THREAD.matcher(source).results().map(thread -> thread.group(1)))
                .toList();
        List<String> locks = core.keySet().stream()
                .filter(type -> core.get(type).contains("new ReentrantLock("))
                .toList();

        assertThat(threads).isNotEmpty().allSatisfy(thread -> assertThat(page).contains("| `" + thread + "`"));
        assertThat(locks).isNotEmpty().allSatisfy(lock -> assertThat(page).contains("| `" + lock + "` |"));
    }

    private Compilation compile(Map<String, String> sources) {
        return Compilation.of(folder, sources, List.of("-classpath", System.getProperty("java.class.path")));
    }

    private static String withGenerated(MatchResult block, Compilation compilation) {
        try {
            String file = Files.readString(compilation.classes().resolve(block.group(1) + ".java"));
            String source = file.substring(file.indexOf("/**"));
            String comment = "<!-- generated: " + block.group(1) + " -->\n";
            return Matcher.quoteReplacement(comment + "```java\n" + source + "```");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
