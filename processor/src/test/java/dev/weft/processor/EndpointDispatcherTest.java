package dev.weft.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.weft.DisconnectReason;
import dev.weft.Handshake;
import dev.weft.Problem;
import dev.weft.ProblemException;
import dev.weft.Refused;
import dev.weft.Socket;
import dev.weft.bytes.Bytes;
import dev.weft.dispatch.EndpointDispatcher;
import dev.weft.json.BadValueException;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the dispatcher of a handler class does with events. */
class EndpointDispatcherTest {
    private static final String HANDLER = "com.acme.game.GameHandlers";

    private static GeneratedClasses classes;
    private static EndpointDispatcher dispatcher;
    private static Handshake alice;
    private static Socket socket;

    @BeforeAll
    static void compile() throws Exception {
        classes = GeneratedClasses.of(Compilations.source("good", "GameHandlers"));
        dispatcher = classes.endpoint(HANDLER);
        alice = Fakes.of(Handshake.class, Map.of("query", args -> "alice"));
        Object principal = Objects.requireNonNull(dispatcher.authorize(alice));
        socket = Fakes.of(
                Socket.class,
                Map.of(
                        "id", args -> "s1",
                        "handshake", args -> alice,
                        "principal", args -> ((Class<?>) args[0]).cast(principal)));
    }

    @BeforeEach
    void forget() {
        classes.log(HANDLER).clear();
    }

    private static TestEvent dispatch(String name, String json, Bytes... attachments) throws Exception {
        TestEvent event = new TestEvent(name, json, attachments);
        assertThat(dispatcher.dispatch(socket, event)).isTrue();
        return event;
    }

    @Test
    void tellsItsNamespace() {
        assertThat(dispatcher.namespace()).isEqualTo("/game");
    }

    @Test
    void authorizesWithTheAuthorizerOfTheClass() throws Exception {
        assertThat(dispatcher.authorize(alice)).hasToString("Player[name=alice]");
        Handshake nobody = Fakes.of(Handshake.class, Map.of("query", args -> null));
        assertThatExceptionOfType(Refused.class).isThrownBy(() -> dispatcher.authorize(nobody));
    }

    @Test
    void passesThePrincipalToConnectHandlers() throws Exception {
        dispatcher.connect(socket);
        assertThat(classes.log(HANDLER)).containsExactly("hello alice on s1");
    }

    @Test
    void repliesWithWhatTheMethodReturns() throws Exception {
        TestEvent event = dispatch("join", "[{\"arena\":\"red\",\"nick\":\"al\"}]");
        assertThat(event.replies).hasToString("[Joined[seat=alice@red, nick=al]]");
    }

    @Test
    void leavesTheAcknowledgementOfVoidMethodsToTheServer() throws Exception {
        TestEvent event = dispatch("move", "[{\"seq\":7,\"dx\":0.5,\"dy\":-1}]");
        assertThat(event.replies).isEmpty();
        assertThat(classes.log(HANDLER)).containsExactly("move Move[seq=7, dx=0.5, dy=-1.0]");
    }

    @Test
    void repliesWhenAReturnedStageCompletes() throws Exception {
        assertThat(dispatch("later", "[]").replies).containsExactly("when later");
    }

    @Test
    void aStageOfNothingIsAcknowledgedWithNoValueWhenItCompletes() throws Exception {
        assertThat(dispatch("saved", "[true]").replies).isEmpty();
        assertThat(dispatch("saved", "[false]").replies).containsExactly("when java.io.IOException: disk full");
    }

    @Test
    void voidInABoxIsVoid() throws Exception {
        assertThat(dispatch("nothing", "[]").replies).isEmpty();
    }

    @Test
    void repliesWithAReturnedArrayAsOneValue() throws Exception {
        assertThat(dispatch("names", "[]").replies).singleElement().isEqualTo(new String[] {"a", "b"});
    }

    @Test
    void handsTheAcknowledgementToAnAckParameter() throws Exception {
        assertThat(dispatch("slow", "[1]").replies).containsExactly("ack true");
    }

    @Test
    void missingOptionalArgumentsAreEmpty() throws Exception {
        dispatch("chat", "[\"hi\"]");
        dispatch("chat", "[\"hi\",\"red\"]");
        dispatch("chat", "[\"hi\",null,3]");
        dispatch("chat", "[\"hi\",\"red\",3]");
        assertThat(classes.log(HANDLER))
                .containsExactly("chat hi - 0", "chat hi red 0", "chat hi - 3", "chat hi red 3");
    }

    @Test
    void ignoresArgumentsThatNobodyAskedFor() throws Exception {
        dispatch("chat", "[\"hi\",\"red\",3,{\"more\":[1,2]},5]");
        assertThat(classes.log(HANDLER)).containsExactly("chat hi red 3");
    }

    @Test
    void aMissingArgumentNamesItsPosition() {
        assertThatExceptionOfType(BadValueException.class)
                .isThrownBy(() -> dispatch("chat", "[]"))
                .satisfies(e -> assertThat(e.path()).isEqualTo("$[0]"))
                .satisfies(e -> assertThat(e.rule()).isEqualTo("required"));
        assertThat(classes.log(HANDLER)).isEmpty();
    }

    @Test
    void doesNotKnowOtherEvents() throws Exception {
        assertThat(dispatcher.dispatch(socket, new TestEvent("other", "[]"))).isFalse();
        assertThat(classes.log(HANDLER)).isEmpty();
    }

    @Test
    void refusesPayloadsAboveMaxSizeBeforeDecodingThem() throws Exception {
        String placeholder = "[{\"_placeholder\":true,\"num\":0}]";
        int room = 65536 - placeholder.length();
        assertThat(dispatch("avatar", placeholder, Bytes.wrap(new byte[room])).replies)
                .containsExactly(room);
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> dispatch("avatar", placeholder, Bytes.wrap(new byte[room + 1])))
                .extracting(ProblemException::problem, type(Problem.class))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(Problem.TOO_LARGE))
                .satisfies(problem ->
                        assertThat(problem.message()).isEqualTo("expected at most 65536 bytes but got 65537"))
                .satisfies(problem -> assertThat(problem.data()).isEqualTo(Map.of("limit", 65536, "actual", 65537)));
    }

    @Test
    void checkedExceptionsReachTheCaller() {
        assertThatExceptionOfType(Exception.class)
                .isThrownBy(() -> dispatch("join", "[{\"arena\":\"full\"}]"))
                .satisfies(e -> assertThat(e.getClass().getSimpleName()).isEqualTo("ArenaFullException"));
    }

    @Test
    void asksTheMostSpecialErrorHandler() throws Exception {
        Exception full = null;
        try {
            dispatch("join", "[{\"arena\":\"full\"}]");
        } catch (Exception e) {
            full = e;
        }
        assertThat(dispatcher.failed(socket, Objects.requireNonNull(full)))
                .isEqualTo(new Problem("ARENA_FULL", "full"));
        assertThat(classes.log(HANDLER)).isEmpty();
    }

    @Test
    void anErrorHandlerWithoutResultTellsTheClientNothing() throws Exception {
        assertThat(dispatcher.failed(socket, new IOException("secret path")))
                .isEqualTo(new Problem(Problem.INTERNAL, "the handler failed"));
        assertThat(classes.log(HANDLER)).containsExactly("failed secret path");
    }

    @Test
    void leavesFailuresWithoutHandlerToTheServer() throws Exception {
        assertThat(dispatcher.failed(socket, new StackOverflowError())).isNull();
    }

    @Test
    void showsEveryEventToObservers() throws Exception {
        dispatcher.observe(socket, new TestEvent("other", "[]"));
        assertThat(classes.log(HANDLER)).containsExactly("seen other");
    }

    @Test
    void passesTheReasonToDisconnectHandlers() throws Exception {
        dispatcher.disconnect(socket, DisconnectReason.PING_TIMEOUT);
        assertThat(classes.log(HANDLER)).containsExactly("bye ping timeout");
    }
}
