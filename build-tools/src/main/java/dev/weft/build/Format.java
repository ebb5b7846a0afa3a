package dev.weft.build;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Checks or repairs the format of every Java source below a folder. */
public final class Format {
    private static final Formatter FORMATTER = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .build());

    private Format() {}

    /** Arguments: {@code check} or {@code apply}, then the folder. */
    public static void main(String[] args) throws IOException {
        boolean apply = args[0].equals("apply");
        Path root = Path.of(args[1]);
        List<Path> wrong = new ArrayList<>();
        for (Path source : sources(root)) {
            String text = Files.readString(source);
            String formatted = format(source, text);
            if (!formatted.equals(text)) {
                wrong.add(root.relativize(source));
                if (apply) {
                    Files.writeString(source, formatted);
                }
            }
        }
        if (!apply && !wrong.isEmpty()) {
            System.err.println("These files are not formatted: " + wrong
                    + "\nRepair them with: mvn -q -pl build-tools process-classes -Dformat=apply");
            System.exit(1);
        }
    }

    private static String format(Path source, String text) {
        try {
            return FORMATTER.formatSourceAndFixImports(RemoveUnusedImports.removeUnusedImports(text));
        } catch (FormatterException e) {
            throw new IllegalStateException(source + ": " + e.getMessage(), e);
        }
    }

    private static List<Path> sources(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Format::isSource).sorted().toList();
        }
    }

    private static boolean isSource(Path path) {
        String name = path.toString().replace('\\', '/');
        return name.endsWith(".java")
                && (name.contains("/src/main/java/") || name.contains("/src/test/java/"))
                && !name.contains("/target/")
                && !name.contains("/node_modules/");
    }
}
