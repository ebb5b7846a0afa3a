package dev.weft.faults;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What a leak would show in: this JVM's threads, sockets of the operating system, memory outside the heap, and live
 * objects.
 *
 * @param threads how many there are, by name: those of the server, and all virtual ones but the JDK's own
 * @param sockets open descriptors that are sockets
 * @param directBytes in buffers outside the heap
 * @param instances reachable objects by class name; empty if nobody counted them
 */
public record Vitals(Map<String, Long> threads, long sockets, long directBytes, Map<String, Long> instances) {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    /** The JDK keeps one buffer for each carrier, as large as the largest write so far. */
    private static final long DIRECT_SLACK = 8L * 1024 * 1024;

    private static final Pattern THREAD = Pattern.compile("#\\d+ \"([^\"]*)\"( virtual)?.*");
    private static final List<String> CLASSES = List.of(
            "dev.weft.ws.ServerWebSocket",
            "dev.weft.engine.EngineSession",
            "dev.weft.socket.ConnectedSocket",
            "dev.weft.net.TcpConnection");

    static {
        closeOneSocket();
    }

    /** The JDK opens a socket to be put in the place of closed ones, once. */
    private static void closeOneSocket() {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(server.getInetAddress(), server.getLocalPort())) {
            server.accept().close();
            client.setTcpNoDelay(true);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Collects garbage, and counts everything. */
    public static Vitals now() {
        try {
            return new Vitals(countThreads(), openSockets(), direct(), liveInstances());
        } catch (IOException | JMException e) {
            throw new AssertionError(e);
        }
    }

    /** Counts everything but objects. */
    public static Vitals withoutInstances() {
        try {
            return new Vitals(countThreads(), openSockets(), direct(), Map.of());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Fails unless everything is back where it was then. */
    public void awaitNoMoreThanThis() {
        awaitNoMoreThanThis(() -> "");
    }

    /** Fails, after {@code what}, unless everything is back where it was then. */
    void awaitNoMoreThanThis(Supplier<String> what) {
        Vitals[] last = {this};
        Await.until(() -> what.get() + "expected no more than " + this + " but there were " + last[0], LIMIT, () -> {
            last[0] = instances.isEmpty() ? withoutInstances() : now();
            return last[0].within(this);
        });
    }

    private boolean within(Vitals limit) {
        return noneAbove(threads, limit.threads)
                && sockets <= limit.sockets
                && directBytes <= limit.directBytes + DIRECT_SLACK
                && noneAbove(instances, limit.instances);
    }

    private static boolean noneAbove(Map<String, Long> counts, Map<String, Long> limits) {
        return counts.entrySet().stream().allMatch(e -> e.getValue() <= limits.getOrDefault(e.getKey(), 0L));
    }

    private static Map<String, Long> countThreads() throws IOException {
        HotSpotDiagnosticMXBean bean = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        Path folder = Files.createTempDirectory("weft-threads");
        Path dump = folder.resolve("dump.txt");
        try {
            bean.dumpThreads(dump.toString(), ThreadDumpFormat.TEXT_PLAIN);
            try (Stream<String> lines = Files.lines(dump)) {
                return lines.map(THREAD::matcher)
                        .filter(Matcher::matches)
                        .filter(line -> line.group(1).startsWith("weft-") || line.group(2) != null)
                        .map(line -> line.group(1))
                        .filter(name -> !name.contains("Poller")) // the JDK's, and there to stay
                        .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()));
            }
        } finally {
            Files.deleteIfExists(dump);
            Files.delete(folder);
        }
    }

    private static long direct() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
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
