package com.acme.outdated;

import dev.weft.Handshake;
import dev.weft.dispatch.EndpointDispatcher;
import javax.annotation.processing.Generated;

/** Calls the methods of {@link Outdated.OfConstructor}. */
@Generated("dev.weft.processor.WeftProcessor")
final class Outdated_OfConstructorDispatcher implements EndpointDispatcher {
    private final Outdated.OfConstructor endpoint;
    private final Outdated.Guard authorizer;

    Outdated_OfConstructorDispatcher(Outdated.OfConstructor endpoint, Outdated.Guard authorizer) {
        this.endpoint = endpoint;
        this.authorizer = authorizer;
    }

    @Override
    public String namespace() {
        return "/constructor";
    }

    @Override
    public Outdated.Guest authorize(Handshake handshake) throws Exception {
        return authorizer.authorize(handshake);
    }
}
