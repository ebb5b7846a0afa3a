package dev.weft.conformance.raw;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;

/** How much of the JDK's zlib is in use. */
final class Zlib {
    private Zlib() {}

    /** Returns how many objects of a class of {@code java.util.zip} are reachable. */
    static long alive(String simpleName) {
        try {
            Object histogram = ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "gcClassHistogram",
                            new Object[] {new String[0]},
                            new String[] {String[].class.getName()});
            return String.valueOf(histogram)
                    .lines()
                    .map(line -> line.trim().split("\\s+"))
                    .filter(columns -> columns.length >= 4 && columns[3].equals("java.util.zip." + simpleName))
                    .mapToLong(columns -> Long.parseLong(columns[1]))
                    .sum();
        } catch (JMException e) {
            throw new AssertionError(e);
        }
    }
}
