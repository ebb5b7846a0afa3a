package com.acme.types;

import dev.weft.dispatch.Dispatcher;
import dev.weft.dispatch.DispatcherProvider;
import dev.weft.dispatch.Instances;
import java.util.ServiceLoader;
import javax.annotation.processing.Generated;

/** Creates {@link EveryType} and its dispatcher. */
@Generated("dev.weft.processor.WeftProcessor")
public final class EveryTypeDispatcherProvider implements DispatcherProvider {
    /** Called by {@link ServiceLoader}. */
    public EveryTypeDispatcherProvider() {}

    @Override
    public Class<?> handler() {
        return EveryType.class;
    }

    @Override
    public Dispatcher create(Instances instances) {
        return new EveryTypeDispatcher(everyType(instances));
    }

    private static EveryType everyType(Instances instances) {
        return instances.shared(EveryType.class, EveryType::new);
    }
}
