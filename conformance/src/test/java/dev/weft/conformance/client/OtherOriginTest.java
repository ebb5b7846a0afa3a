package dev.weft.conformance.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Headers;
import dev.weft.HttpResponse;
import dev.weft.bytes.Bytes;
import dev.weft.server.Weft;
import dev.weft.server.WeftBuilder;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** A page of one server talks to another one, in a browser: only if that one admits it. */
@Timeout(150)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OtherOriginTest {
    /** Tries all ways to the server at port {@code to}, and prints what came of them. */
    private static final String PAGE = """
        <!doctype html><pre id="lines"></pre>
        <script type="module">
        const say = line => document.getElementById("lines").textContent += line + "\\n";
        const to = "localhost:" + new URLSearchParams(location.search).get("to");
        const path = "/socket.io/?EIO=4&transport=";
        const polled = async init => {
            try {
                const answer = await fetch("http://" + to + path + "polling", init);
                return answer.status + " " + (await answer.text()).slice(0, 2);
            } catch (failure) {
                return "kept from it";
            }
        };
        const opened = target => new Promise(resolve => {
            const socket = new WebSocket("ws://" + to + target);
            socket.onopen = () => { resolve("open"); socket.close(); };
            socket.onerror = () => resolve("kept from it");
        });
        say("polling " + await polled({}));
        say("polling with cookies " + await polled({credentials: "include"}));
        say("polling after a preflight " + await polled({headers: {"X-Own": "1"}}));
        say("websocket " + await opened(path + "websocket"));
        say("raw websocket " + await opened("/raw"));
        say("DONE");
        </script>
        """;

    private static final String[] WAYS = {
        "polling", "polling with cookies", "polling after a preflight", "websocket", "raw websocket"
    };

    private Browser browser;
    private Weft pages;

    @BeforeAll
    void start() throws IOException {
        browser = new Browser();
        pages = builder().start();
    }

    @AfterAll
    void stop() {
        if (browser != null) {
            browser.close();
        }
        if (pages != null) {
            pages.close();
        }
    }

    private static WeftBuilder builder() {
        HttpResponse page = new HttpResponse(
                200, Headers.of("Content-Type", "text/html; charset=utf-8", "Set-Cookie", "a=b"), Bytes.utf8(PAGE));
        return Weft.builder()
                .host("127.0.0.1")
                .port(0)
                .http("/page", request -> page)
                .webSocket("/raw", webSocket -> webSocket.receive());
    }

    private List<String> talkTo(Weft server) {
        return browser.run("http://localhost:" + pages.port() + "/page?to=" + server.port());
    }

    @Test
    void aPageOfAnotherOriginIsKeptOutByDefault() {
        try (Weft server = builder().start()) {
            assertThat(talkTo(server)).hasSameSizeAs(WAYS).allMatch(line -> line.endsWith("kept from it"));
            assertThat(server.stats().sessions()).isZero();
        }
    }

    @Test
    void aPageOfAnAdmittedOriginGetsInOnEveryWay() {
        String origin = "http://localhost:" + pages.port();
        try (Weft server = builder().allowOrigins(origin).start()) {
            assertGetsIn(talkTo(server));
        }
        try (Weft server = builder().allowOrigins(origin::equals).start()) {
            assertGetsIn(talkTo(server));
        }
    }

    @Test
    void aPageOfItsOwnServerGetsIn() {
        assertGetsIn(talkTo(pages));
    }

    private static void assertGetsIn(List<String> lines) {
        assertThat(lines)
                .containsExactly(
                        WAYS[0] + " 200 0{",
                        WAYS[1] + " 200 0{",
                        WAYS[2] + " 200 0{",
                        WAYS[3] + " open",
                        WAYS[4] + " open");
    }
}
