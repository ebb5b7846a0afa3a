package com.acme.outdated;

import dev.weft.dispatch.Dispatcher;
import dev.weft.dispatch.DispatcherProvider;
import dev.weft.dispatch.Instances;
import java.util.ServiceLoader;
import javax.annotation.processing.Generated;

/** Creates {@link Outdated.OfConstructor} and its dispatcher. */
@SuppressWarnings({"deprecation", "removal"})
@Generated("dev.weft.processor.WeftProcessor")
public final class Outdated_OfConstructorDispatcherProvider implements DispatcherProvider {
    /** Called by {@link ServiceLoader}. */
    public Outdated_OfConstructorDispatcherProvider() {}

    @Override
    public Class<?> handler() {
        return Outdated.OfConstructor.class;
    }

    @Override
    public Dispatcher create(Instances instances) {
        return new Outdated_OfConstructorDispatcher(ofConstructor(instances), guard(instances));
    }

    private static Outdated.OfConstructor ofConstructor(Instances instances) {
        return instances.shared(Outdated.OfConstructor.class, Outdated.OfConstructor::new);
    }

    private static Outdated.Guard guard(Instances instances) {
        return instances.shared(Outdated.Guard.class, Outdated.Guard::new);
    }
}
