package dev.weft.processor;

import dev.weft.processor.EndpointModel.Handler;
import dev.weft.processor.EndpointModel.Parameter;
import dev.weft.processor.EndpointModel.Source;
import dev.weft.processor.EndpointModel.Trait;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes what dispatchers of both kinds share: calls of handlers, exception handlers, size limits. */
final class CallWriter {
    /** Names of fields and parameters around the switch over failures. */
    private static final Set<String> RESERVED = Set.of("socket", "webSocket", "failure", "endpoint", "authorizer");

    private final SourceWriter source;
    private boolean checksSize;

    CallWriter(SourceWriter source) {
        this.source = source;
    }

    /**
     * Returns a call of {@code handler}.
     *
     * @param variables the variables that hold what some parameters receive
     */
    String call(Handler handler, Map<Parameter, String> variables, String before, String after) {
        if (handler.traits().contains(Trait.DEPRECATED)) {
            source.callsDeprecated();
        }
        List<String> arguments = new ArrayList<>();
        for (Parameter parameter : handler.parameters()) {
            String variable = variables.get(parameter);
            arguments.add(variable == null ? argument(parameter) : variable);
        }
        return SourceWriter.call(8, before + "endpoint." + handler.name() + "(", arguments, after);
    }

    String call(Handler handler) {
        return call(handler, Map.of(), "", ");");
    }

    private String argument(Parameter parameter) {
        return switch (parameter.source()) {
            case SOCKET -> "socket";
            case HANDSHAKE -> "socket.handshake()";
            case EVENT -> "event";
            case PRINCIPAL -> "socket.principal(" + source.use(parameter.type()) + ".class)";
            case ACK -> "event.ack()";
            case DISCONNECT_REASON -> "reason";
            case WEB_SOCKET -> "webSocket";
            case CLOSE_CODE -> "code";
            case EXCEPTION, MESSAGE, PAYLOAD -> throw new IllegalArgumentException(parameter.toString());
        };
    }

    /** Returns {@code handlers} with the most special exceptions first, the order that a switch over types wants. */
    static List<Handler> bySpeciality(List<Handler> handlers) {
        List<Handler> sorted = new ArrayList<>(handlers);
        sorted.sort(Comparator.comparingInt(handler -> -exception(handler).depth()));
        return sorted;
    }

    /** Returns whether one of {@code handlers} takes every failure, so that a switch needs no default. */
    static boolean isTotal(List<Handler> handlers) {
        return handlers.stream()
                .anyMatch(handler -> exception(handler).type().equals(TypeName.Named.of(Throwable.class)));
    }

    /** Returns the case label for the exception of {@code handler}, and the call as a statement or expression. */
    Failure failure(Handler handler) {
        Parameter exception = exception(handler);
        String variable = RESERVED.contains(exception.name()) ? "cause" : exception.name();
        return new Failure(
                "case " + source.use(exception.type()) + " " + variable + " ->",
                call(handler, Map.of(exception, variable), "", ");"));
    }

    /** One case of a switch over failures. */
    record Failure(String label, String call) {}

    private static Parameter exception(Handler handler) {
        return handler.all(Source.EXCEPTION).getFirst();
    }

    /** Returns a statement that refuses payloads of more than {@code limit} bytes. */
    String checkSize(String size, int limit) {
        checksSize = true;
        return "checkSize(" + size + ", " + limit + ");";
    }

    /** Adds the methods that the statements so far call. */
    void writeMethods() {
        if (checksSize) {
            source.member("""
                private static void checkSize(int size, int limit) {
                    if (size > limit) {
                        String message = "expected at most " + limit + " bytes but got " + size;
                        throw new %1$s(%1$s.TOO_LARGE, message, %2$s.of("limit", limit, "actual", size)).asException();
                    }
                }\
                """.formatted(source.use(RuntimeTypes.PROBLEM), source.use(Map.class)));
        }
    }
}
