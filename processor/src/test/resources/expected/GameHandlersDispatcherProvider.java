package com.acme.game;

import dev.weft.dispatch.Dispatcher;
import dev.weft.dispatch.DispatcherProvider;
import dev.weft.dispatch.Instances;
import java.util.ServiceLoader;
import javax.annotation.processing.Generated;

/** Creates {@link GameHandlers} and its dispatcher. */
@Generated("dev.weft.processor.WeftProcessor")
public final class GameHandlersDispatcherProvider implements DispatcherProvider {
    /** Called by {@link ServiceLoader}. */
    public GameHandlersDispatcherProvider() {}

    @Override
    public Class<?> handler() {
        return GameHandlers.class;
    }

    @Override
    public Dispatcher create(Instances instances) {
        return new GameHandlersDispatcher(gameHandlers(instances), gameAuth(instances));
    }

    private static GameHandlers gameHandlers(Instances instances) {
        return instances.shared(GameHandlers.class, GameHandlers::new);
    }

    private static GameAuth gameAuth(Instances instances) {
        return instances.shared(GameAuth.class, GameAuth::new);
    }
}
