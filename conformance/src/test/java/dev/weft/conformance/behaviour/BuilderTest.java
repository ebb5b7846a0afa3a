package dev.weft.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.HttpResponse;
import dev.weft.WeftException;
import dev.weft.faults.LeakLedger;
import dev.weft.faults.Peer;
import dev.weft.faults.RawHttp;
import dev.weft.faults.RawWebSocket;
import dev.weft.faults.Servers;
import dev.weft.server.Options;
import dev.weft.server.Weft;
import dev.weft.server.WeftBuilder;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A builder starts as many servers as it is told to, and takes one handler for each path. */
@Timeout(60)
@ExtendWith(LeakLedger.class)
class BuilderTest {
    private static final String ENDPOINTS = "dev.weft.conformance.behaviour.endpoint";

    private static WeftBuilder builder() {
        return Servers.builder(Options.defaults());
    }

    private static WeftBuilder complete() {
        return builder()
                .scan(ENDPOINTS)
                .webSocket("/raw", webSocket -> webSocket.send("raw"))
                .engine("/engine", session -> session.send("engine"))
                .http("/route", request -> HttpResponse.text(200, "route"))
                .namespace("/", namespace -> {});
    }

    private static void expectAll(Weft server) throws IOException {
        int port = server.port();
        try (RawWebSocket found = RawWebSocket.open(port, "/found");
                RawWebSocket raw = RawWebSocket.open(port, "/raw");
                RawWebSocket engine = RawWebSocket.open(port, "/engine/?EIO=4&transport=websocket");
                Peer peer = Peer.Via.WEBSOCKET.connect(port)) {
            assertThat(found.send("hello").text()).isEqualTo("hello");
            assertThat(raw.text()).isEqualTo("raw");
            assertThat(engine.text()).startsWith("0{");
            assertThat(engine.text()).isEqualTo("4engine");
            assertThat(peer.id()).isNotEmpty();
        }
        assertThat(RawHttp.exchange(port, RawHttp.get("/route")).text()).isEqualTo("route");
    }

    @Test
    void startsTwoServersAtATime() throws IOException {
        WeftBuilder builder = complete();
        try (Weft second = builder.start()) {
            try (Weft first = builder.start()) {
                assertThat(first.port()).isNotEqualTo(second.port());
                expectAll(first);
                expectAll(second);
            }
            expectAll(second);
            Servers.awaitEmpty(second);
        }
    }

    @Test
    void startsAgainAfterItsServerHasStopped() throws IOException {
        WeftBuilder builder = complete();
        for (int i = 0; i < 2; i++) {
            try (Weft server = builder.start()) {
                expectAll(server);
                Servers.awaitEmpty(server);
            }
        }
    }

    private static void expectRefusal(String what, Runnable second) {
        assertThatThrownBy(second::run)
                .isInstanceOf(WeftException.class)
                .hasMessage(what + " has two handlers; give one another path");
    }

    @Test
    void refusesASecondRouteForAPath() throws IOException {
        WeftBuilder builder = builder().http("/a", request -> HttpResponse.text(200, "first"));
        expectRefusal("route /a", () -> builder.http("/a", request -> HttpResponse.text(200, "second")));
        try (Weft server = builder.start()) {
            assertThat(RawHttp.exchange(server.port(), RawHttp.get("/a")).text())
                    .isEqualTo("first");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a", "/a/"})
    void refusesASecondEngineForAPath(String path) {
        WeftBuilder builder = builder().engine("/a", session -> {});
        expectRefusal("Engine.IO path /a", () -> builder.engine(path, session -> {}));
    }

    @Test
    void refusesASecondFolderForAPath(@TempDir Path folder) {
        WeftBuilder builder = builder().staticFiles("/files", folder.toString());
        expectRefusal("static files at path /files", () -> builder.staticFiles("/files", folder.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/socket.io", "/socket.io/"})
    void refusesAnEngineAtThePathOfSocketIo(String path) {
        WeftBuilder builder = builder().engine(path, session -> {});
        expectRefusal("Engine.IO path /socket.io", () -> builder.start().close());
    }

    @Test
    void refusesAnEngineAtThePathThatSocketIoWasGiven() {
        WeftBuilder builder = builder().path("/chat/").engine("/chat", session -> {});
        expectRefusal("Engine.IO path /chat", () -> builder.start().close());
    }

    @Test
    void refusesAWebSocketAtThePathOfAFoundClass() {
        WeftBuilder builder = builder().scan(ENDPOINTS).webSocket("/found", webSocket -> {});
        expectRefusal("WebSocket path /found", () -> builder.start().close());
    }

    @Test
    void takesARouteAWebSocketAndFilesAtOnePath(@TempDir Path folder) throws IOException {
        WeftBuilder builder = builder()
                .http("/a", request -> HttpResponse.text(200, "route"))
                .webSocket("/a", webSocket -> webSocket.send("raw"))
                .staticFiles("/a", folder.toString());
        try (Weft server = builder.start();
                RawWebSocket raw = RawWebSocket.open(server.port(), "/a")) {
            assertThat(raw.text()).isEqualTo("raw");
            assertThat(RawHttp.exchange(server.port(), RawHttp.get("/a")).text())
                    .isEqualTo("route");
        }
    }
}
