package dev.weft.conformance.repository;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One Markdown page. A Java block holds types or statements; a comment before it may say more:
 *
 * <ul>
 *   <li>{@code <!-- with: Socket socket; -->} declares what the statements use,
 *   <li>{@code <!-- generated: ChatDispatcher -->} means the block shows what the processor writes for the page,
 *       without its imports.
 * </ul>
 */
record Page(Path file, List<Block> blocks) {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Pattern BLOCK = Pattern.compile(
            "(?:^<!-- (with|generated): (.*?) -->\\n)?^```java\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

    private static final Pattern TYPE = Pattern.compile("^(@|record |class |interface |enum |sealed |final )");

    private static final String IMPORTS = """
        import dev.weft.*;
        import dev.weft.annotation.*;
        import dev.weft.bytes.*;
        import dev.weft.json.*;
        import dev.weft.server.*;
        import jakarta.inject.*;
        import java.nio.file.*;
        import java.time.*;
        import java.util.*;
        import java.util.concurrent.*;
        """;

    /** The kind is {@code with}, {@code generated} or empty; the note is what the comment says. */
    record Block(String kind, String note, String code) {
        private String asSource(int number) {
            if (TYPE.matcher(code).find()) {
                return IMPORTS + code;
            }
            return IMPORTS + "class Block" + number + " {\n" + note + "\nvoid run() throws Exception {\n" + code
                    + "}\n}\n";
        }
    }

    /** Returns all pages of the repository. */
    static List<Page> all() throws IOException {
        try (Stream<Path> top = Files.list(ROOT);
                Stream<Path> guide = Files.list(ROOT.resolve("docs"))) {
            return Stream.concat(top, guide)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .map(Page::read)
                    .toList();
        }
    }

    static Page readme() {
        return read(ROOT.resolve("README.md"));
    }

    /** Returns the source of every type of core by its simple name. */
    static Map<String, String> coreSources() throws IOException {
        Map<String, String> sources = new LinkedHashMap<>();
        try (Stream<Path> files = Files.walk(ROOT.resolve("core/src/main/java"))) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .forEach(file -> sources.put(file.getFileName().toString().replace(".java", ""), text(file)));
        }
        return sources;
    }

    private static Page read(Path file) {
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text(file));
        while (matcher.find()) {
            boolean plain = matcher.group(1) == null;
            blocks.add(new Block(plain ? "" : matcher.group(1), plain ? "" : matcher.group(2), matcher.group(3)));
        }
        return new Page(file, List.copyOf(blocks));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text() {
        return text(file);
    }

    /** Returns the blocks as files to compile. */
    Map<String, String> sources() {
        Map<String, String> sources = new LinkedHashMap<>();
        for (int i = 0; i < blocks.size(); i++) {
            if (!blocks.get(i).kind().equals("generated")) {
                sources.put("Block" + i + ".java", blocks.get(i).asSource(i));
            }
        }
        return sources;
    }

    List<Block> generated() {
        return blocks.stream().filter(block -> block.kind().equals("generated")).toList();
    }

    @Override
    public String toString() {
        return ROOT.relativize(file).toString();
    }
}
