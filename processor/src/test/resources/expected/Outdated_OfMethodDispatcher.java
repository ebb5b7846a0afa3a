package com.acme.outdated;

import dev.weft.Socket;
import dev.weft.dispatch.EndpointDispatcher;
import javax.annotation.processing.Generated;

/** Calls the methods of {@link Outdated.OfMethod}. */
@SuppressWarnings({"deprecation", "removal"})
@Generated("dev.weft.processor.WeftProcessor")
final class Outdated_OfMethodDispatcher implements EndpointDispatcher {
    private final Outdated.OfMethod endpoint;

    Outdated_OfMethodDispatcher(Outdated.OfMethod endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public String namespace() {
        return "/method";
    }

    @Override
    public void connect(Socket socket) throws Exception {
        endpoint.hello(socket);
    }
}
