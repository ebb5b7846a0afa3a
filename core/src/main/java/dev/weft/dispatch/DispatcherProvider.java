package dev.weft.dispatch;

/** Creates a handler object and its dispatcher. Generated, and found with {@link java.util.ServiceLoader}. */
public interface DispatcherProvider {
    /** Returns the annotated class. */
    Class<?> handler();

    /** Calls the constructors. */
    Dispatcher create(Instances instances);
}
