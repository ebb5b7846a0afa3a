package com.acme.lobby;

import dev.weft.dispatch.Dispatcher;
import dev.weft.dispatch.DispatcherProvider;
import dev.weft.dispatch.Instances;
import java.util.ServiceLoader;
import javax.annotation.processing.Generated;

/** Creates {@link Lobby.Archive} and its dispatcher. */
@Generated("dev.weft.processor.WeftProcessor")
public final class Lobby_ArchiveDispatcherProvider implements DispatcherProvider {
    /** Called by {@link ServiceLoader}. */
    public Lobby_ArchiveDispatcherProvider() {}

    @Override
    public Class<?> handler() {
        return Lobby.Archive.class;
    }

    @Override
    public Dispatcher create(Instances instances) {
        return new Lobby_ArchiveDispatcher(archive(instances));
    }

    private static Lobby.Archive archive(Instances instances) {
        return instances.shared(Lobby.Archive.class, Lobby.Archive::new);
    }
}
