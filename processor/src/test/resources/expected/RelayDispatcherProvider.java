package com.acme.echo;

import dev.weft.dispatch.Dispatcher;
import dev.weft.dispatch.DispatcherProvider;
import dev.weft.dispatch.Instances;
import java.util.ServiceLoader;
import javax.annotation.processing.Generated;

/** Creates {@link Relay} and its dispatcher. */
@Generated("dev.weft.processor.WeftProcessor")
public final class RelayDispatcherProvider implements DispatcherProvider {
    /** Called by {@link ServiceLoader}. */
    public RelayDispatcherProvider() {}

    @Override
    public Class<?> handler() {
        return Relay.class;
    }

    @Override
    public Dispatcher create(Instances instances) {
        return new RelayDispatcher(relay(instances));
    }

    private static Relay relay(Instances instances) {
        return instances.shared(Relay.class, Relay::new);
    }
}
