package com.acme.outdated;

import dev.weft.dispatch.EndpointDispatcher;
import javax.annotation.processing.Generated;

/** Calls the methods of {@link Outdated.OfClass}. */
@SuppressWarnings({"deprecation", "removal"})
@Generated("dev.weft.processor.WeftProcessor")
final class Outdated_OfClassDispatcher implements EndpointDispatcher {
    private final Outdated.OfClass endpoint;

    Outdated_OfClassDispatcher(Outdated.OfClass endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public String namespace() {
        return "/class";
    }
}
