package dev.weft.socket;

import dev.weft.DisconnectReason;
import dev.weft.Namespace.ConnectListener;
import dev.weft.Problem;
import dev.weft.ProblemException;
import dev.weft.Socket.DisconnectListener;
import dev.weft.dispatch.EndpointDispatcher;
import dev.weft.json.BadValueException;
import dev.weft.packet.Packet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Calls the application for one socket, and turns whatever it throws into an answer. Runs in the client's inbox. */
final class EventRunner {
    private final ConnectedSocket socket;
    private final LocalNamespace space;
    private final Listeners listeners;

    EventRunner(ConnectedSocket socket, LocalNamespace space, Listeners listeners) {
        this.socket = socket;
        this.space = space;
        this.listeners = listeners;
    }

    /** A step of application code. */
    @FunctionalInterface
    private interface Step {
        void run() throws Exception;
    }

    void connected() {
        socket.runs("a connect handler of namespace " + space.name());
        EndpointDispatcher dispatcher = space.dispatcher();
        if (dispatcher != null) {
            guarded(() -> dispatcher.connect(socket));
        }
        for (ConnectListener listener : space.connectListeners()) {
            guarded(() -> listener.connected(socket));
        }
    }

    void disconnected(DisconnectReason reason) {
        socket.runs("a disconnect handler of namespace " + space.name());
        EndpointDispatcher dispatcher = space.dispatcher();
        if (dispatcher != null) {
            guarded(() -> dispatcher.disconnect(socket, reason));
        }
        for (DisconnectListener listener : listeners.disconnect()) {
            guarded(() -> listener.disconnected(reason));
        }
    }

    void event(Packet.Event packet) {
        if (!socket.connected()) {
            return; // what comes after the end is dropped
        }
        IncomingEvent event = new IncomingEvent(socket, packet);
        socket.runs(event);
        try {
            EndpointDispatcher dispatcher = space.dispatcher();
            listeners.observe(event);
            boolean handled = false;
            if (dispatcher != null) {
                dispatcher.observe(socket, event);
                handled = dispatcher.dispatch(socket, event);
            }
            handled |= listeners.handle(event);
            if (handled) {
                event.finish();
            }
        } catch (Throwable t) {
            failed(event, t);
        }
    }

    /** Answers a failed event; the client learns no more than it should. */
    void failed(IncomingEvent event, Throwable failure) {
        try {
            event.fail(problem(event.name(), failure));
        } catch (Throwable t) {
            socket.hub().failures().handler("the error handler of " + event.name(), t);
            event.fail(new Problem(Problem.INTERNAL, "the handler failed"));
        }
        tell(event.name(), failure);
    }

    private Problem problem(String name, Throwable failure) throws Exception {
        if (failure instanceof BadValueException bad) {
            Map<String, String> detail = Map.of("path", bad.path(), "rule", bad.rule());
            return new Problem(Problem.BAD_REQUEST, bad.path() + ": " + bad.rule(), List.of(detail));
        }
        if (failure instanceof ProblemException told) {
            return told.problem();
        }
        EndpointDispatcher dispatcher = space.dispatcher();
        Problem handled = dispatcher == null ? null : dispatcher.failed(socket, failure);
        return handled == null ? unhandled("event \"" + name + "\"", failure) : handled;
    }

    private Problem unhandled(String where, Throwable failure) {
        String reference = UUID.randomUUID().toString();
        socket.hub().failures().handler(where + " in namespace " + space.name() + ", reference " + reference, failure);
        return new Problem(Problem.INTERNAL, "the handler failed; reference " + reference);
    }

    private void guarded(Step step) {
        try {
            step.run();
        } catch (Throwable t) {
            lifecycleFailed(t);
        }
    }

    private void lifecycleFailed(Throwable failure) {
        try {
            EndpointDispatcher dispatcher = space.dispatcher();
            if (dispatcher == null || dispatcher.failed(socket, failure) == null) {
                unhandled("a connect or disconnect handler", failure);
            }
        } catch (Throwable t) {
            socket.hub().failures().handler("an error handler", t);
        }
        tell(null, failure);
    }

    private void tell(@Nullable String event, Throwable failure) {
        try {
            socket.hub().errors().failed(socket, event, failure);
        } catch (Throwable t) {
            socket.hub().failures().handler("the error listener", t);
        }
    }
}
