package dev.weft.faults;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What a leak would show in: this JVM's threads, sockets of the operating system, and live objects.
 *
 * @param platformThreads of the server
 * @param virtualThreads of the server
 * @param sockets open descriptors that are sockets
 * @param instances reachable objects by class name
 */
public record Vitals(long platformThreads, long virtualThreads, long sockets, Map<String, Long> instances) {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final List<String> CLASSES = List.of(
            "dev.weft.ws.ServerWebSocket",
            "dev.weft.engine.EngineSession",
            "dev.weft.socket.ConnectedSocket",
            "dev.weft.net.TcpConnection");

    public static Vitals now() {
        try {
            return new Vitals(threads(false), threads(true), openSockets(), liveInstances());
        } catch (IOException | JMException e) {
            throw new AssertionError(e);
        }
    }

    /** Fails unless everything is back where it was then. */
    public void awaitNoMoreThanThis() {
        Vitals[] last = {now()};
        Await.until(() -> "expected no more than " + this + " but there were " + last[0], LIMIT, () -> {
            last[0] = now();
            return last[0].within(this);
        });
    }

    private boolean within(Vitals limit) {
        return platformThreads <= limit.platformThreads
                && virtualThreads <= limit.virtualThreads
                && sockets <= limit.sockets
                && instances.entrySet().stream()
                        .allMatch(e -> e.getValue() <= limit.instances.getOrDefault(e.getKey(), 0L));
    }

    private static long threads(boolean virtual) throws IOException {
        HotSpotDiagnosticMXBean bean = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        Path folder = Files.createTempDirectory("weft-threads");
        Path dump = folder.resolve("dump.txt");
        try {
            bean.dumpThreads(dump.toString(), ThreadDumpFormat.TEXT_PLAIN);
            try (Stream<String> lines = Files.lines(dump)) {
                return lines.filter(line -> line.startsWith("#") && line.contains("\"weft-"))
                        .filter(line -> line.contains(" virtual") == virtual)
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
                try {
                    if (Files.readSymbolicLink(descriptor).toString().startsWith("socket:")) {
                        count++;
                    }
                } catch (IOException e) {
                    // closed since it was listed
                }
            }
        }
        return count;
    }

    /** Collects garbage and counts what is left. */
    private static Map<String, Long> liveInstances() throws JMException {
        Object histogram = ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
        Map<String, Long> counts = new TreeMap<>();
        CLASSES.forEach(name -> counts.put(name, 0L));
        String.valueOf(histogram).lines().map(line -> line.trim().split("\\s+")).forEach(columns -> {
            if (columns.length >= 4 && counts.containsKey(columns[3])) {
                counts.put(columns[3], Long.parseLong(columns[1]));
            }
        });
        return counts;
    }
}
