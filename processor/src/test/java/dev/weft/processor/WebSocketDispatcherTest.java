package dev.weft.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.weft.CloseCode;
import dev.weft.Message;
import dev.weft.ProblemException;
import dev.weft.WebSocket;
import dev.weft.bytes.Bytes;
import dev.weft.dispatch.WebSocketDispatcher;
import dev.weft.json.BadValueException;
import dev.weft.json.MalformedJsonException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What the dispatcher of a WebSocket endpoint does with messages. */
class WebSocketDispatcherTest {
    private final List<String> sent = new ArrayList<>();
    private final Function<Object[], Object> close = args -> {
        sent.add("close " + args[0] + " " + args[1]);
        return null;
    };
    private final WebSocket webSocket = Fakes.of(WebSocket.class, Map.of("send", this::send, "close", close));

    private Object send(Object[] args) {
        sent.add(
                switch (args[0]) {
                    case String text -> text;
                    case Message.Text text -> text.text();
                    case Message.Binary binary -> binary.bytes().toString();
                    default -> throw new AssertionError(args[0]);
                });
        return true;
    }

    private static GeneratedClasses classes(String name) {
        return GeneratedClasses.of(Compilations.source("good", name));
    }

    @Test
    void tellsPathAndSubprotocols() {
        WebSocketDispatcher echo = classes("Echo").webSocket("com.acme.echo.Echo");
        assertThat(echo.path()).isEqualTo("/echo");
        assertThat(echo.subprotocols()).containsExactly("echo.v2", "echo.v1");
    }

    @Test
    void sendsWhatMethodsReturn() throws Exception {
        WebSocketDispatcher echo = classes("Echo").webSocket("com.acme.echo.Echo");
        echo.message(webSocket, Message.text("hi"));
        echo.message(webSocket, Message.text(""));
        echo.message(webSocket, Message.binary(new byte[] {1, 2, 3}));
        assertThat(sent).containsExactly("hi!", "Bytes[2, 0203]");
    }

    @Test
    void callsTheLifecycleMethods() throws Exception {
        GeneratedClasses classes = classes("Echo");
        WebSocketDispatcher echo = classes.webSocket("com.acme.echo.Echo");
        echo.connect(webSocket);
        echo.disconnect(webSocket, CloseCode.GOING_AWAY);
        assertThat(classes.log("com.acme.echo.Echo")).containsExactly("open", "closed 1001");
    }

    @Test
    void refusesMessagesAboveMaxSize() throws Exception {
        WebSocketDispatcher echo = classes("Echo").webSocket("com.acme.echo.Echo");
        echo.message(webSocket, Message.binary(new byte[4]));
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> echo.message(webSocket, Message.binary(new byte[5])));
        assertThat(sent).hasSize(1);
    }

    @Test
    void tellsWhetherAnErrorHandlerWasThere() throws Exception {
        WebSocketDispatcher echo = classes("Echo").webSocket("com.acme.echo.Echo");
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> echo.message(webSocket, Message.text("fail")));
        assertThat(echo.failed(webSocket, new IOException("fail"))).isTrue();
        assertThat(echo.failed(webSocket, new IllegalStateException())).isFalse();
        assertThat(sent).containsExactly("failed: fail");
    }

    @Test
    void readsAndWritesRecordsAsJsonText() throws Exception {
        WebSocketDispatcher calculator = classes("Calculator").webSocket("com.acme.echo.Calculator");
        calculator.message(webSocket, Message.text("{\"a\":1,\"b\":2}"));
        assertThat(sent).containsExactly("{\"value\":3}");
    }

    @Test
    void refusesTextThatIsNotTheRecord() {
        WebSocketDispatcher calculator = classes("Calculator").webSocket("com.acme.echo.Calculator");
        assertThatExceptionOfType(BadValueException.class)
                .isThrownBy(() -> calculator.message(webSocket, Message.text("{\"a\":1}")))
                .satisfies(e -> assertThat(e.path()).isEqualTo("$.b"));
        assertThatExceptionOfType(MalformedJsonException.class)
                .isThrownBy(() -> calculator.message(webSocket, Message.text("{\"a\":1")));
        assertThat(sent).isEmpty();
    }

    @Test
    void closesWith1003OnAKindOfMessageThatNoMethodTakes() throws Exception {
        WebSocketDispatcher calculator = classes("Calculator").webSocket("com.acme.echo.Calculator");
        calculator.message(webSocket, Message.binary(new byte[1]));
        assertThat(sent).containsExactly("close 1003 expected text");
    }

    @Test
    void aMessageParameterTakesBothKinds() throws Exception {
        WebSocketDispatcher relay = classes("Relay").webSocket("com.acme.echo.Relay");
        relay.message(webSocket, Message.text("a"));
        relay.message(webSocket, new Message.Binary(Bytes.hex("ff")));
        assertThat(sent).containsExactly("Bytes[1, 61]", "Bytes[1, ff]");
    }
}
