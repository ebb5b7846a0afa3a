package dev.weft.http;

import dev.weft.bytes.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where static files lie. Names come from {@link FilePath}: they cannot lead upwards. Safe for use by many threads. */
sealed interface FileSource {
    /** The most bytes of one file: a response is built in memory. */
    int LARGEST_FILE = 16 * 1024 * 1024;

    /** Returns whether there is a regular file {@code name}. Blocks on the disk. */
    boolean exists(String name);

    /**
     * Returns the content of {@code name}, or null if there is no such regular file. Blocks on the disk.
     *
     * @throws FileTooLargeException if it is larger than {@link #LARGEST_FILE}
     * @throws IOException if it cannot be read
     */
    @Nullable
    Bytes read(String name) throws IOException;

    /** Returns whether the content of {@code name} can change while the server runs. */
    boolean mayChange(String name);

    private static Bytes readAll(InputStream in, long size) throws IOException {
        if (size > LARGEST_FILE) {
            throw new FileTooLargeException();
        }
        byte[] content = in.readNBytes(LARGEST_FILE + 1);
        if (content.length > LARGEST_FILE) {
            throw new FileTooLargeException();
        }
        return Bytes.wrap(content);
    }

    /** A folder. Symbolic links are followed only as long as they stay within it and lead to nothing hidden. */
    record Folder(Path root) implements FileSource {
        /** Opens a folder by its real path, with which every file is compared. */
        static Folder open(String folder) {
            try {
                Path root = Path.of(folder).toRealPath();
                if (Files.isDirectory(root)) {
                    return new Folder(root);
                }
            } catch (IOException | InvalidPathException e) {
                throw new IllegalArgumentException(message(folder), e);
            }
            throw new IllegalArgumentException(message(folder));
        }

        private static String message(String folder) {
            return "expected a folder of static files, or classpath:/folder, but there is no folder \"" + folder + "\"";
        }

        @Override
        public boolean exists(String name) {
            return find(name) != null;
        }

        @Override
        public @Nullable Bytes read(String name) throws IOException {
            Path file = find(name);
            if (file == null) {
                return null;
            }
            try (InputStream in = Files.newInputStream(file)) {
                return readAll(in, Files.size(file));
            }
        }

        @Override
        public boolean mayChange(String name) {
            return true;
        }

        private @Nullable Path find(String name) {
            try {
                Path real = root.resolve(name).normalize().toRealPath();
                return real.startsWith(root) && isVisible(real) && Files.isRegularFile(real) ? real : null;
            } catch (IOException | InvalidPathException e) {
                return null;
            }
        }

        private boolean isVisible(Path real) {
            for (Path segment : root.relativize(real)) {
                if (!FilePath.isAllowed(segment.toString())) {
                    return false;
                }
            }
            return true;
        }
    }

    /** A folder on the class path. */
    record ClassPath(ClassLoader loader, String prefix) implements FileSource {
        @Override
        public boolean exists(String name) {
            return find(name) != null;
        }

        @Override
        public @Nullable Bytes read(String name) throws IOException {
            URL url = find(name);
            if (url == null) {
                return null;
            }
            URLConnection connection = url.openConnection();
            try (InputStream in = connection.getInputStream()) {
                return readAll(in, connection.getContentLengthLong());
            }
        }

        @Override
        public boolean mayChange(String name) {
            URL url = loader.getResource(prefix + name);
            return url == null || isOnDisk(url);
        }

        /** A directory is a resource as well, and its stream would list its files: it counts as absent. */
        private @Nullable URL find(String name) {
            URL url = loader.getResource(prefix + name);
            if (url == null) {
                return null;
            }
            if (!isOnDisk(url)) {
                return loader.getResource(prefix + name + "/") == null ? url : null;
            }
            try {
                return Files.isRegularFile(Path.of(url.toURI())) ? url : null;
            } catch (URISyntaxException | IllegalArgumentException e) {
                return null;
            }
        }

        private static boolean isOnDisk(URL url) {
            return url.getProtocol().equals("file");
        }
    }

    /** A file is larger than {@link #LARGEST_FILE}. */
    final class FileTooLargeException extends IOException {
        private static final long serialVersionUID = 1L;
    }
}
