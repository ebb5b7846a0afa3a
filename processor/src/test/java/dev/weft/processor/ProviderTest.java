package dev.weft.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import dev.weft.Socket;
import dev.weft.dispatch.EndpointDispatcher;
import jakarta.inject.Provider;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How handler objects come into being. */
class ProviderTest {
    private static final String ROOMS = "com.acme.lobby.Lobby$Rooms";

    private static GeneratedClasses lobby() throws Exception {
        GeneratedClasses classes = GeneratedClasses.of(Compilations.source("good", "Lobby"));
        Class<?> clock = classes.type("com.acme.lobby.Lobby$Clock");
        var constructor = clock.getDeclaredConstructor();
        constructor.setAccessible(true);
        classes.provide(clock, constructor.newInstance());
        classes.provide("lobby.size", 12);
        return classes;
    }

    @Test
    void namesTheHandlerClass() throws Exception {
        GeneratedClasses classes = lobby();
        assertThat(classes.provider("com.acme.lobby.Lobby_Rooms").handler()).isEqualTo(classes.type(ROOMS));
    }

    @Test
    void callsTheInjectedConstructorWithProvidedNamedLazyAndSharedObjects() throws Exception {
        GeneratedClasses classes = lobby();
        classes.endpoint("com.acme.lobby.Lobby_Rooms");
        Object clock = classes.get(classes.type("com.acme.lobby.Lobby$Clock"));
        assertThat(classes.field(ROOMS, "clock")).isSameAs(clock);
        assertThat(classes.field(ROOMS, "size")).isEqualTo(12);
        assertThat(((Provider<?>) classes.field(ROOMS, "clocks")).get()).isSameAs(clock);
        assertThat(classes.field("com.acme.lobby.Lobby$Doorman", "clock")).isSameAs(clock);
    }

    @Test
    void aHandlerClassThatAnotherOneNeedsIsCreatedOnce() throws Exception {
        GeneratedClasses classes = lobby();
        classes.endpoint("com.acme.lobby.Lobby_Rooms");
        Object archive = classes.field(ROOMS, "archive");
        classes.endpoint("com.acme.lobby.Lobby_Archive");
        Object shared = classes.shared(archive.getClass(), () -> {
            throw new AssertionError("a second object was asked for");
        });
        assertThat(shared).isSameAs(archive);
    }

    @Test
    void callsInheritedAndOverriddenHandlers() throws Exception {
        EndpointDispatcher rooms = lobby().endpoint("com.acme.lobby.Lobby_Rooms");
        List<String> emitted = new ArrayList<>();
        Socket socket = Fakes.of(Socket.class, Map.of("emit", args -> emitted.add((String) args[0])));
        rooms.connect(socket);
        assertThat(emitted).containsExactly("welcome");
        assertThat(reply(rooms, socket, "greet", "[\"you\"]")).containsExactly("hello you");
        assertThat(reply(rooms, socket, "replaced", "[]")).containsExactly("new");
        assertThat(reply(rooms, socket, "dispatch", "[]")).containsExactly(12);
    }

    private static List<Object> reply(EndpointDispatcher dispatcher, Socket socket, String name, String json)
            throws Exception {
        TestEvent event = new TestEvent(name, json);
        assertThat(dispatcher.dispatch(socket, event)).isTrue();
        return event.replies;
    }

    @Test
    void onlyTheProviderIsPublic() throws Exception {
        GeneratedClasses classes = lobby();
        assertThat(classes.type("com.acme.lobby.Lobby_RoomsDispatcher").getModifiers())
                .isEqualTo(Modifier.FINAL);
        assertThat(classes.type("com.acme.lobby.Lobby_RoomsDispatcherProvider").getModifiers())
                .isEqualTo(Modifier.PUBLIC | Modifier.FINAL);
    }

    @Test
    void theServiceFileListsEveryProvider() {
        Compilation compilation =
                Compilations.compile(Compilations.source("good", "Lobby"), Compilations.source("good", "Unnamed"));
        assertThat(Compilations.serviceFile(compilation).lines())
                .containsExactly(
                        "UnnamedDispatcherProvider",
                        "com.acme.lobby.Lobby_ArchiveDispatcherProvider",
                        "com.acme.lobby.Lobby_RoomsDispatcherProvider");
    }
}
