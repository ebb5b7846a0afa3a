package dev.weft.processor;

import dev.weft.processor.EndpointModel.Handler;
import dev.weft.processor.EndpointModel.Kind;
import dev.weft.processor.EndpointModel.Medium;
import dev.weft.processor.EndpointModel.Parameter;
import dev.weft.processor.EndpointModel.Role;
import dev.weft.processor.EndpointModel.Source;
import dev.weft.processor.Shape.Unreadable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who handles what: the one rule that needs all handler classes of a compilation. */
final class Claims {
    private final Map<String, String> namespaces = new HashMap<>();
    private final Map<String, String> paths = new HashMap<>();

    /** Enters the address and the events of a class; returns a problem for each that was taken. */
    List<Problem> claim(EndpointModel model) {
        return model.kind() == Kind.NAMESPACE ? events(model) : webSocket(model);
    }

    private List<Problem> events(EndpointModel model) {
        String namespace = model.address().text();
        String owner = namespaces.putIfAbsent(namespace, model.type().display());
        if (owner != null) {
            return List.of(Problem.error(
                    103,
                    model.address().place(),
                    "namespace %s already has a handler class: %s; put their methods into one class or give one another"
                                    .formatted(namespace, owner)
                            + " namespace"));
        }
        List<Problem> problems = new ArrayList<>();
        Map<String, String> events = new HashMap<>();
        for (Handler handler : model.handlers(Role.MESSAGE)) {
            String other = handler.event().isEmpty() ? null : events.putIfAbsent(handler.event(), handler.signature());
            if (other != null) {
                problems.add(Problem.error(
                        103,
                        handler.eventPlace(),
                        "\"%s\" in namespace %s already has a handler: %s; an event has exactly one (use @OnAny to"
                                        .formatted(handler.event(), namespace, other)
                                + " observe it)"));
            }
        }
        return problems;
    }

    private List<Problem> webSocket(EndpointModel model) {
        List<Problem> problems = new ArrayList<>();
        String owner = paths.putIfAbsent(model.address().text(), model.type().display());
        if (owner != null) {
            problems.add(Problem.error(
                    103,
                    model.address().place(),
                    "path %s already has an endpoint: %s; a path has exactly one"
                            .formatted(model.address().text(), owner)));
        }
        Map<Medium, Handler> taken = new HashMap<>();
        for (Handler handler : model.handlers(Role.MESSAGE)) {
            if (takesOneMessage(handler)) {
                Medium medium = handler.medium();
                Handler other = taken.putIfAbsent(medium, handler);
                if (other != null) {
                    problems.add(twice(model, handler, medium, other));
                }
            }
        }
        Handler any = taken.get(Medium.ANY);
        if (any != null && taken.size() == Medium.values().length) {
            problems.add(Problem.error(
                    103,
                    any.place(),
                    any.signature() + " never runs: text and binary messages already have their handlers"));
        }
        return problems;
    }

    /** Handlers with other mistakes claim nothing: one mistake is one message. */
    private static boolean takesOneMessage(Handler handler) {
        List<Parameter> payload = handler.all(Source.PAYLOAD);
        boolean readable = payload.stream().noneMatch(each -> each.shape().weakest() instanceof Unreadable);
        return readable && payload.size() + handler.all(Source.MESSAGE).size() == 1;
    }

    private static Problem twice(EndpointModel model, Handler handler, Medium medium, Handler other) {
        String messages = switch (medium) {
            case TEXT -> "text messages";
            case BINARY -> "binary messages";
            case ANY -> "messages";
        };
        return Problem.error(
                103,
                handler.place(),
                "%s of path %s already have a handler: %s; there is exactly one"
                        .formatted(messages, model.address().text(), other.signature()));
    }
}
