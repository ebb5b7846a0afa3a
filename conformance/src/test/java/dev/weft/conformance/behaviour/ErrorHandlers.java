package dev.weft.conformance.behaviour;

import dev.weft.Problem;
import dev.weft.annotation.Endpoint;
import dev.weft.annotation.MaxSize;
import dev.weft.annotation.OnError;
import dev.weft.annotation.OnMessage;
import java.util.Map;

/** Handlers that fail in every way. */
@Endpoint("/errors")
class ErrorHandlers {
    record Point(int x, int y) {}

    static final class Full extends Exception {
        private static final long serialVersionUID = 1;

        Full(String message) {
            super(message);
        }
    }

    @OnMessage("boom")
    void boom() {
        throw new IllegalStateException("the password is swordfish");
    }

    @OnMessage("error")
    void error() {
        throw new StackOverflowError("the password is swordfish");
    }

    @OnMessage("sum")
    int sum(Point point) {
        return point.x() + point.y();
    }

    @OnMessage("problem")
    void problem() {
        throw new Problem("NO_MONEY", "not enough", Map.of("missing", 3)).asException();
    }

    @OnMessage("enter")
    void enter() throws Full {
        throw new Full("come back tomorrow");
    }

    @OnMessage("small")
    @MaxSize(64)
    int small(String text) {
        return text.length();
    }

    @OnError
    Problem full(Full failure) {
        return new Problem("FULL", String.valueOf(failure.getMessage()));
    }
}
