package dev.weft.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path below the root of static files, as segments that can only lead downwards: none is empty, hidden ({@code .},
 * {@code ..} and {@code .git} start with a dot) or means something to a file system.
 *
 * @param segments the segments from the root on; none for the root itself
 * @param directory whether the path ended in a slash
 */
record FilePath(List<String> segments, boolean directory) {
    private static final String INDEX = "index.html";

    /** Returns the path that {@code decoded} spells, relative and without a leading slash; null if it is not allowed. */
    static @Nullable FilePath parse(String decoded) {
        if (decoded.isEmpty()) {
            return new FilePath(List.of(), true);
        }
        boolean directory = decoded.endsWith("/");
        String names = directory ? decoded.substring(0, decoded.length() - 1) : decoded;
        List<String> segments = List.of(names.split("/", -1));
        return segments.stream().allMatch(FilePath::isAllowed) ? new FilePath(segments, directory) : null;
    }

    /** Returns whether a single name may be served. */
    static boolean isAllowed(String segment) {
        return !segment.isEmpty()
                && !segment.startsWith(".")
                && !segment.endsWith(".")
                && !segment.endsWith(" ")
                && segment.chars().allMatch(c -> c >= ' ' && c != 0x7f && "\\/:*?\"<>|".indexOf(c) < 0);
    }

    /** Returns the name of the file itself or, for a directory, of its index. */
    String file() {
        return directory ? index() : String.join("/", segments);
    }

    /** Returns the name of the index, taking the path for a directory. */
    String index() {
        return segments.isEmpty() ? INDEX : String.join("/", segments) + "/" + INDEX;
    }
}
