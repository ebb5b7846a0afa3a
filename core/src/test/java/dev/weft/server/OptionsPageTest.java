package dev.weft.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.OverflowPolicy;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * docs/options.md lists every option as its Javadoc describes it, with the default that really applies. After a change
 * run this test with {@code -Dweft.test.jvm=-Dweft.docs=write}.
 */
class OptionsPageTest {
    private static final Path PAGE = Path.of("../docs/options.md");
    private static final Path GETTERS = Path.of("src/main/java/dev/weft/server/OptionValues.java");
    private static final Path SETTERS = Path.of("src/main/java/dev/weft/server/Options.java");
    private static final String TABLE = "| Option | Default | Meaning | What happens then |\n|---|---|---|---|\n";

    private static final Pattern GETTER = Pattern.compile(
            "/\\*\\* Returns ((?:(?!\\*/|: ).)+): ((?:(?!\\*/).)+) by default\\. \\*/\\s+public [\\w<>]+ (\\w+)\\(\\)");
    private static final Pattern SETTER = Pattern.compile(
            "/\\*\\* Sets (?:(?!\\*/|\\. ).)+\\. ((?:(?!\\*/| @throws).)+?)(?: @throws (?:(?!\\*/).)+)? \\*/\\s+public"
                    + " Options (\\w+)\\(");

    private static final Set<Class<?>> TYPES =
            Set.of(int.class, boolean.class, Duration.class, List.class, Compression.class, OverflowPolicy.class);

    @Test
    void pageListsEveryOption() throws IOException {
        String page = Files.readString(PAGE);
        String text = page.substring(0, page.indexOf(TABLE)) + TABLE + String.join("", rows());
        if ("write".equals(System.getProperty("weft.docs"))) {
            Files.writeString(PAGE, text);
        }

        assertThat(Files.readString(PAGE)).isEqualTo(text);
    }

    @Test
    void javadocTellsTheRealDefaults() throws IOException {
        List<MatchResult> getters = matches(GETTERS, GETTER);

        assertThat(getters)
                .hasSameSizeAs(options())
                .allSatisfy(getter -> assertThat(getter.group(2)).isEqualTo(defaultOf(getter.group(3))));
    }

    private static List<String> rows() throws IOException {
        List<MatchResult> setters = matches(SETTERS, SETTER);
        List<String> rows = new ArrayList<>();
        for (MatchResult getter : matches(GETTERS, GETTER)) {
            String name = getter.group(3);
            String effect = setters.stream()
                    .filter(setter -> setter.group(2).equals(name))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(name + " has no setter with Javadoc of the usual form"))
                    .group(1);
            rows.add("| `%s` | %s | %s | %s |\n"
                    .formatted(name, getter.group(2), markdown(getter.group(1)), markdown(effect)));
        }
        return rows;
    }

    private static String markdown(String javadoc) {
        return javadoc.replaceAll("\\{@code ([^}]+)}", "`$1`").strip();
    }

    private static List<MatchResult> matches(Path source, Pattern pattern) throws IOException {
        String text = Files.readString(source).replaceAll("\\s*\\n\\s*(\\* |\\*(?!/))?", " ");
        Matcher matcher = pattern.matcher(text);
        return matcher.results().toList();
    }

    private static List<Method> options() {
        return Arrays.stream(OptionValues.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !Modifier.isStatic(method.getModifiers()))
                .filter(method -> method.getParameterCount() == 0 && method.getDeclaringClass() == OptionValues.class)
                .filter(method -> TYPES.contains(method.getReturnType()))
                .toList();
    }

    private static String defaultOf(String option) throws ReflectiveOperationException {
        Object value = Options.class.getMethod(option).invoke(Options.defaults());
        if (value instanceof Duration duration) {
            boolean minutes = duration.toSeconds() > 60 && duration.toSecondsPart() == 0;
            return minutes ? duration.toMinutes() + " min" : duration.toSeconds() + " s";
        }
        if (value instanceof List<?> list) {
            return list.isEmpty() ? "none" : list.stream().map(Object::toString).collect(Collectors.joining(" and "));
        }
        if (value instanceof Boolean on) {
            return on ? "on" : "off";
        }
        return value instanceof Integer ? String.format(Locale.ROOT, "%,d", value) : value.toString();
    }
}
