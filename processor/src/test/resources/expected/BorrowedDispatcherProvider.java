package com.acme.borrowed;

import dev.weft.dispatch.Dispatcher;
import dev.weft.dispatch.DispatcherProvider;
import dev.weft.dispatch.Instances;
import java.util.ServiceLoader;
import javax.annotation.processing.Generated;

/** Creates {@link Borrowed} and its dispatcher. */
@Generated("dev.weft.processor.WeftProcessor")
public final class BorrowedDispatcherProvider implements DispatcherProvider {
    /** Called by {@link ServiceLoader}. */
    public BorrowedDispatcherProvider() {}

    @Override
    public Class<?> handler() {
        return Borrowed.class;
    }

    @Override
    public Dispatcher create(Instances instances) {
        return new BorrowedDispatcher(borrowed(instances));
    }

    private static Borrowed borrowed(Instances instances) {
        return instances.shared(Borrowed.class, Borrowed::new);
    }
}
