package com.acme.lobby;

import dev.weft.dispatch.Dispatcher;
import dev.weft.dispatch.DispatcherProvider;
import dev.weft.dispatch.Instances;
import jakarta.inject.Provider;
import java.util.ServiceLoader;
import javax.annotation.processing.Generated;

/** Creates {@link Lobby.Rooms} and its dispatcher. */
@Generated("dev.weft.processor.WeftProcessor")
public final class Lobby_RoomsDispatcherProvider implements DispatcherProvider {
    /** Called by {@link ServiceLoader}. */
    public Lobby_RoomsDispatcherProvider() {}

    @Override
    public Class<?> handler() {
        return Lobby.Rooms.class;
    }

    @Override
    public Dispatcher create(Instances instances) {
        return new Lobby_RoomsDispatcher(rooms(instances), doorman(instances));
    }

    private static Lobby.Rooms rooms(Instances instances) {
        return instances.shared(Lobby.Rooms.class, () -> newRooms(instances));
    }

    private static Lobby.Rooms newRooms(Instances instances) {
        Lobby.Clock clock = instances.get(Lobby.Clock.class);
        Integer size = instances.get(Integer.class, "lobby.size");
        Provider<Lobby.Clock> clocks = () -> instances.get(Lobby.Clock.class);
        Lobby.Archive archive = archive(instances);
        return new Lobby.Rooms(clock, size, clocks, archive);
    }

    private static Lobby.Doorman doorman(Instances instances) {
        return instances.shared(Lobby.Doorman.class, () -> new Lobby.Doorman(instances.get(Lobby.Clock.class)));
    }

    private static Lobby.Archive archive(Instances instances) {
        return instances.shared(Lobby.Archive.class, Lobby.Archive::new);
    }
}
