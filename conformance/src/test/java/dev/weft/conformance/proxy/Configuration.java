package dev.weft.conformance.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The text of a configuration file of the documentation, with what a test has to change in it. Immutable. */
record Configuration(String text) {
    private static final Path FOLDER = Path.of("..", "docs", "proxy");

    static Configuration documented(String file) {
        try {
            return new Configuration(Files.readString(FOLDER.resolve(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the same with {@code used} wherever it says {@code shown}, which must be there. */
    Configuration with(String shown, Object used) {
        if (!text.contains(shown)) {
            throw new IllegalArgumentException("the documented configuration does not say \"" + shown + "\"");
        }
        return new Configuration(text.replace(shown, used.toString()));
    }

    /** Returns the same without the lines that contain {@code part}. */
    Configuration without(String part) {
        return with(part, "\u0000").withoutMarkedLines();
    }

    private Configuration withoutMarkedLines() {
        return new Configuration(text.replaceAll("(?m)^.*\u0000.*\\R", ""));
    }
}
