package dev.weft.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Fails the run of a test JVM if a virtual thread that waited within Weft's own code kept its carrier for more than {@link
 * #LIMIT}: the event {@code jdk.VirtualThreadPinned} of Flight Recorder. Whose code it was is told by the innermost frame
 * of a class of Weft. That the JDK loads a class for the first time is nobody's doing, and takes long on a busy machine; that
 * it initializes one is the doing of who has not done so at the start: waiting for that counts from {@link
 * #INITIALIZATION_LIMIT}, since who initializes may have to wait for a processor. Registered for all tests of a module, through {@code META-INF/services}.
 */
public final class PinningWatch implements Extension, BeforeAllCallback {
    /** What a carrier may be kept for: less is not worth a failure. */
    public static final Duration LIMIT = Duration.ofMillis(20);

    /** What a carrier may be kept for while another thread initializes a class. */
    public static final Duration INITIALIZATION_LIMIT = Duration.ofMillis(250);

    private static final String EVENT = "jdk.VirtualThreadPinned";
    private static final String OURS = "dev.weft.";
    private static final List<String> LOADERS = List.of("jdk.internal.loader.", "java.lang.ClassLoader");
    private static final List<String> TESTS = List.of("dev.weft.faults.", "dev.weft.conformance.", "dev.weft.demo.");

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot()
                .getStore(Namespace.GLOBAL)
                .computeIfAbsent(PinningWatch.class, key -> new Watched(), Watched.class);
    }

    /** Returns the events of a file of Flight Recorder that are to blame on Weft. */
    static List<RecordedEvent> pinnedByWeft(Path recording) throws IOException {
        List<RecordedEvent> found = new ArrayList<>();
        for (RecordedEvent event : RecordingFile.readAllEvents(recording)) {
            if (event.getEventType().getName().equals(EVENT)
                    && event.getDuration().compareTo(limit(event)) > 0
                    && isOurs(event.getStackTrace())) {
                found.add(event);
            }
        }
        return found;
    }

    private static Duration limit(RecordedEvent event) {
        boolean initialization = event.hasField("pinnedReason")
                && String.valueOf(event.getString("pinnedReason")).startsWith("Waited for initialization");
        return initialization ? INITIALIZATION_LIMIT : LIMIT;
    }

    private static boolean isOurs(@Nullable RecordedStackTrace trace) {
        List<String> classes = trace == null
                ? List.of()
                : trace.getFrames().stream()
                        .filter(RecordedFrame::isJavaFrame)
                        .map(frame -> frame.getMethod().getType().getName())
                        .toList();
        if (!classes.isEmpty() && LOADERS.stream().anyMatch(classes.getFirst()::startsWith)) {
            return false;
        }
        Optional<String> innermost =
                classes.stream().filter(name -> name.startsWith(OURS)).findFirst();
        return innermost.isPresent() && TESTS.stream().noneMatch(innermost.get()::startsWith);
    }

    /** Starts to record what {@link #pinnedByWeft} looks for. */
    static Recording record() {
        Recording recording = new Recording();
        recording.enable(EVENT).withThreshold(LIMIT).withStackTrace();
        recording.start();
        return recording;
    }

    /** Lives as long as the run. */
    private static final class Watched implements AutoCloseable {
        private final Recording recording = record();

        @Override
        public void close() throws IOException {
            Path file = Files.createTempFile("weft-pinned", ".jfr");
            try (recording) {
                recording.dump(file);
                List<RecordedEvent> pinned = pinnedByWeft(file);
                if (!pinned.isEmpty()) {
                    throw new AssertionError(
                            "virtual threads kept their carriers for more than " + LIMIT.toMillis() + " ms: " + pinned);
                }
            } finally {
                Files.delete(file);
            }
        }
    }
}
