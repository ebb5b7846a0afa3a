package dev.weft.dispatch;

import java.util.function.Supplier;

/** The objects that constructors of handler classes ask for. Used on one thread, at start-up. */
public interface Instances {
    /**
     * Returns the object of {@code type} that the application provided.
     *
     * @throws dev.weft.WeftException if there is none, with what to add to the builder
     */
    <T> T get(Class<T> type);

    /** Returns the object of {@code type} that the application provided under {@code name}. */
    <T> T get(Class<T> type, String name);

    /** Returns the provided object of {@code type}, else the one object that {@code constructor} makes, once. */
    <T> T shared(Class<T> type, Supplier<T> constructor);
}
