package dev.weft.conformance.behaviour;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Takes what Weft logs instead of the console. */
final class LogCapture extends Handler implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger("dev.weft"); // kept, or its settings would be forgotten

    private final List<String> lines = new CopyOnWriteArrayList<>();

    LogCapture() {
        LOG.addHandler(this);
        LOG.setUseParentHandlers(false);
    }

    List<String> lines() {
        return lines;
    }

    @Override
    public void publish(LogRecord line) {
        lines.add(line.getLevel() + " " + line.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        LOG.removeHandler(this);
        LOG.setUseParentHandlers(true);
    }
}
