package com.acme.outdated;

import dev.weft.dispatch.Dispatcher;
import dev.weft.dispatch.DispatcherProvider;
import dev.weft.dispatch.Instances;
import java.util.ServiceLoader;
import javax.annotation.processing.Generated;

/** Creates {@link Outdated.OfMethod} and its dispatcher. */
@Generated("dev.weft.processor.WeftProcessor")
public final class Outdated_OfMethodDispatcherProvider implements DispatcherProvider {
    /** Called by {@link ServiceLoader}. */
    public Outdated_OfMethodDispatcherProvider() {}

    @Override
    public Class<?> handler() {
        return Outdated.OfMethod.class;
    }

    @Override
    public Dispatcher create(Instances instances) {
        return new Outdated_OfMethodDispatcher(ofMethod(instances));
    }

    private static Outdated.OfMethod ofMethod(Instances instances) {
        return instances.shared(Outdated.OfMethod.class, Outdated.OfMethod::new);
    }
}
