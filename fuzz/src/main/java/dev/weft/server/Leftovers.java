package dev.weft.server;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a leak would show in.
 *
 * @param threads of Weft
 * @param sockets of this JVM
 */
record Leftovers(long threads, long sockets) {
    static Leftovers now() {
        try {
            return new Leftovers(weftThreads(), openSockets());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean within(Leftovers limit) {
        return threads <= limit.threads && sockets <= limit.sockets;
    }

    private static long weftThreads() throws IOException {
        Path folder = Files.createTempDirectory("weft-threads");
        Path dump = folder.resolve("dump.txt");
        try {
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .dumpThreads(dump.toAbsolutePath().toString(), ThreadDumpFormat.TEXT_PLAIN);
            try (Stream<String> lines = Files.lines(dump)) {
                return lines.filter(line -> line.startsWith("#") && line.contains("\"weft-"))
                        .count();
            }
        } finally {
            Files.deleteIfExists(dump);
            Files.delete(folder);
        }
    }

    private static long openSockets() throws IOException {
        long count = 0;
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors) {
                count += isSocket(descriptor) ? 1 : 0;
            }
        }
        return count;
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException closedSinceItWasListed) {
            return false;
        }
    }
}
