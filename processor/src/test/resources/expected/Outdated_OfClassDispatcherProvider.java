package com.acme.outdated;

import dev.weft.dispatch.Dispatcher;
import dev.weft.dispatch.DispatcherProvider;
import dev.weft.dispatch.Instances;
import java.util.ServiceLoader;
import javax.annotation.processing.Generated;

/** Creates {@link Outdated.OfClass} and its dispatcher. */
@SuppressWarnings({"deprecation", "removal"})
@Generated("dev.weft.processor.WeftProcessor")
public final class Outdated_OfClassDispatcherProvider implements DispatcherProvider {
    /** Called by {@link ServiceLoader}. */
    public Outdated_OfClassDispatcherProvider() {}

    @Override
    public Class<?> handler() {
        return Outdated.OfClass.class;
    }

    @Override
    public Dispatcher create(Instances instances) {
        return new Outdated_OfClassDispatcher(ofClass(instances));
    }

    private static Outdated.OfClass ofClass(Instances instances) {
        return instances.shared(Outdated.OfClass.class, Outdated.OfClass::new);
    }
}
