package com.acme.echo;

import dev.weft.dispatch.Dispatcher;
import dev.weft.dispatch.DispatcherProvider;
import dev.weft.dispatch.Instances;
import java.util.ServiceLoader;
import javax.annotation.processing.Generated;

/** Creates {@link Echo} and its dispatcher. */
@Generated("dev.weft.processor.WeftProcessor")
public final class EchoDispatcherProvider implements DispatcherProvider {
    /** Called by {@link ServiceLoader}. */
    public EchoDispatcherProvider() {}

    @Override
    public Class<?> handler() {
        return Echo.class;
    }

    @Override
    public Dispatcher create(Instances instances) {
        return new EchoDispatcher(echo(instances));
    }

    private static Echo echo(Instances instances) {
        return instances.shared(Echo.class, Echo::new);
    }
}
