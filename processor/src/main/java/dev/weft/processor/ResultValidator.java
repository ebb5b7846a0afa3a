package dev.weft.processor;

import dev.weft.processor.EndpointModel.Handler;
import dev.weft.processor.EndpointModel.Kind;
import dev.weft.processor.EndpointModel.Result;
import dev.weft.processor.EndpointModel.Returned;
import dev.weft.processor.EndpointModel.Role;
import dev.weft.processor.EndpointModel.Source;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds every mistake in how one annotated method answers. */
final class ResultValidator {
    private final Kind kind;
    private final Handler handler;
    private final List<Problem> problems = new ArrayList<>();

    ResultValidator(Kind kind, Handler handler) {
        this.kind = kind;
        this.handler = handler;
    }

    List<Problem> validate() {
        Result result = handler.returned().result();
        String returned = handler.signature() + " returns " + handler.returned().display();
        boolean problem = handler.role() == Role.ERROR && result == Result.PROBLEM && kind == Kind.NAMESPACE;
        if (handler.role() == Role.MESSAGE) {
            checkReply(result, returned);
        } else if (result != Result.NONE && !problem) {
            String remedy = handler.role() == Role.ERROR && kind == Kind.NAMESPACE
                    ? "return a Problem or void"
                    : "make it void";
            error(111, handler.place(), returned + ", which nobody receives; " + remedy);
        }
        return List.copyOf(problems);
    }

    private void checkReply(Result result, String returned) {
        int acks = handler.all(Source.ACK).size();
        boolean stage = result == Result.STAGE || result == Result.EMPTY_STAGE;
        if (kind == Kind.WEB_SOCKET) {
            String obstacle = stage ? "; wait for it and return the message, since handlers may block" : noMessage();
            if (obstacle != null) {
                error(111, handler.place(), returned + obstacle);
            }
        } else if (handler.returned().obstacle() != null) {
            error(111, handler.place(), returned + ", " + handler.returned().obstacle());
        } else if (acks > 0 && result != Result.NONE) {
            error(
                    122,
                    handler.place(),
                    returned + " and also takes an Ack; an event is acknowledged once, so keep one of them");
        } else if (acks > 1) {
            error(
                    122,
                    handler.place(),
                    handler.signature() + " takes " + acks + " Acks; an event is acknowledged once, so keep one");
        }
    }

    /** Returns why the result of a WebSocket handler is no message, or null. */
    private @Nullable String noMessage() {
        Returned returned = handler.returned();
        if (returned.result() == Result.PROBLEM) {
            return ", which a WebSocket has no form for; return a record of your own";
        }
        return returned.obstacle() == null || returned.result() == Result.MESSAGE ? null : ", " + returned.obstacle();
    }

    private void error(int tag, Place place, String message) {
        problems.add(Problem.error(tag, place, message));
    }
}
