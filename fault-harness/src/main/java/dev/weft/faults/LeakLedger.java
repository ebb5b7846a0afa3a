package dev.weft.faults;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Notes the {@link Vitals} of the JVM before every test and every class, and fails those after which there is more, having
 * waited for it to go: {@code @ExtendWith(LeakLedger.class)}. What a class makes before its tests, like a server for all
 * of them, counts only when the class is over. Tests must not run in parallel.
 */
public final class LeakLedger
        implements Extension, BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback {
    private static final Namespace NAMESPACE = Namespace.create(LeakLedger.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        note(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        note(context);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        check(context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        check(context);
    }

    private static void note(ExtensionContext context) {
        context.getStore(NAMESPACE).put(context.getUniqueId(), Vitals.withoutInstances());
    }

    /** A test that has failed may leave something: its own failure tells more. */
    private static void check(ExtensionContext context) {
        Vitals before = context.getStore(NAMESPACE).remove(context.getUniqueId(), Vitals.class);
        if (before != null && context.getExecutionException().isEmpty()) {
            before.awaitNoMoreThanThis(() -> context.getDisplayName() + " left something behind: ");
        }
    }
}
