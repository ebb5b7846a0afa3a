package dev.weft.conformance.behaviour.other;

import dev.weft.dispatch.Dispatcher;
import dev.weft.dispatch.DispatcherProvider;
import dev.weft.dispatch.EndpointDispatcher;
import dev.weft.dispatch.Instances;

/**
 * A second handler class for a namespace, as generated code would offer it from a jar of its own: within one compilation
 * it is a compile error.
 */
public final class OtherErrorHandlers implements DispatcherProvider, EndpointDispatcher {
    @Override
    public Class<?> handler() {
        return OtherErrorHandlers.class;
    }

    @Override
    public Dispatcher create(Instances instances) {
        return this;
    }

    @Override
    public String namespace() {
        return "/errors";
    }
}
