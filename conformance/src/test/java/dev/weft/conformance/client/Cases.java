package dev.weft.conformance.client;

import java.util.ArrayList;
import java.util.List;

/** The outcomes of a scenario that runs in this JVM, as lines in the form that the other clients print. */
final class Cases {
    private final List<String> lines = new ArrayList<>();

    /** Runs one case and notes how it went. */
    void run(String name, Body body) {
        try {
            body.run();
            lines.add("ok " + name);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            lines.add("FAIL " + name + ": interrupted");
        } catch (Exception | AssertionError e) {
            lines.add("FAIL " + name + ": " + e);
        }
    }

    List<String> lines() {
        return lines;
    }

    /** The steps of a case. */
    @FunctionalInterface
    interface Body {
        void run() throws Exception;
    }
}
