package dev.weft.conformance.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/guarantees.md names as proof, and docs/production.md as configuration, is what runs. */
class GuaranteesPageTest {
    private static final Path DOCS = Page.ROOT.resolve("docs");
    private static final Pattern PROOF = Pattern.compile("`(\\w+)\\.(\\w+)`");

    @Test
    void everyRowNamesTestsThatExist() throws IOException {
        Map<String, String> tests = tests();
        List<String> rows = Files.readAllLines(DOCS.resolve("guarantees.md")).stream()
                .filter(line -> line.startsWith("| ") && !line.equals("| Guarantee | Proved by |"))
                .toList();

        assertThat(rows).isNotEmpty().allSatisfy(row -> {
            String proofs = row.split("\\|")[2].trim();
            assertThat(proofs).matches("(" + PROOF.pattern() + "(, )?)+");
            assertThat(PROOF.matcher(proofs).results())
                    .allSatisfy(proof -> assertThat(tests.getOrDefault(proof.group(1), ""))
                            .as(proof.group())
                            .containsPattern("(void|Stream<DynamicTest>) " + proof.group(2) + "\\("));
        });
    }

    @Test
    void configurationsAreShownAsTheyAreTested() throws IOException {
        String page = Files.readString(DOCS.resolve("production.md"));
        try (Stream<Path> files = Files.list(DOCS.resolve("proxy"))) {
            assertThat(files)
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(page).contains("\n" + Files.readString(file) + "```\n"));
        }
    }

    /** Returns the source of every test class by its simple name. */
    private static Map<String, String> tests() throws IOException {
        Map<String, String> tests = new HashMap<>();
        try (Stream<Path> modules = Files.list(Page.ROOT)) {
            for (Path folder :
                    modules.map(module -> module.resolve("src/test/java")).toList()) {
                if (Files.isDirectory(folder)) {
                    tests.putAll(testsBelow(folder));
                }
            }
        }
        return tests;
    }

    private static Map<String, String> testsBelow(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith("Test.java"))
                    .collect(Collectors.toMap(GuaranteesPageTest::className, GuaranteesPageTest::text, String::concat));
        }
    }

    private static String className(Path file) {
        return file.getFileName().toString().replace(".java", "");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
