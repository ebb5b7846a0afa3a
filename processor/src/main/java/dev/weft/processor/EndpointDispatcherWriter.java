package dev.weft.processor;

import dev.weft.processor.EndpointModel.Authorization;
import dev.weft.processor.EndpointModel.Handler;
import dev.weft.processor.EndpointModel.Parameter;
import dev.weft.processor.EndpointModel.Result;
import dev.weft.processor.EndpointModel.Role;
import dev.weft.processor.EndpointModel.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the dispatcher of an {@code @Endpoint} class. */
final class EndpointDispatcherWriter {
    private final EndpointModel model;
    private final SourceWriter source;
    private final ShapeWriter shapes;
    private final CallWriter calls;
    private final Names methods = new Names(
            "namespace",
            "authorize",
            "connect",
            "observe",
            "dispatch",
            "disconnect",
            "failed",
            "argument",
            "checkSize",
            "equals",
            "hashCode",
            "toString",
            "getClass",
            "notify",
            "notifyAll",
            "wait",
            "clone",
            "finalize");
    private boolean takesArguments;

    EndpointDispatcherWriter(EndpointModel model, Surroundings surroundings) {
        this.model = model;
        this.source =
                new SourceWriter(TypeName.Named.of(model.type().packageName(), model.dispatcherName()), surroundings);
        this.shapes = new ShapeWriter(source, model.definitions(), methods);
        this.calls = new CallWriter(source);
    }

    /** Returns the source file. */
    String write() {
        writeConstructor();
        source.method(
                "@Override\npublic String namespace",
                List.of(),
                "",
                List.of("return " + SourceWriter.literal(model.address().text()) + ";"));
        writeAuthorize();
        writeLifecycle(Role.CONNECT, "connect", null, "");
        writeLifecycle(Role.ANY, "observe", RuntimeTypes.EVENT, "event");
        List<Named> messages = model.handlers(Role.MESSAGE).stream()
                .map(handler -> new Named(handler, methods.take(handler.name())))
                .toList();
        if (!messages.isEmpty()) {
            writeDispatch(messages);
        }
        writeLifecycle(Role.DISCONNECT, "disconnect", RuntimeTypes.DISCONNECT_REASON, "reason");
        writeFailed();
        messages.forEach(this::writeMessage);
        shapes.writeMethods();
        writeArgument();
        calls.writeMethods();
        return source.finish(
                "Calls the methods of {@link " + source.use(model.type()) + "}.",
                ProviderWriter.generated(source, model)
                        + "final class " + model.dispatcherName() + " implements "
                        + source.use(RuntimeTypes.ENDPOINT_DISPATCHER));
    }

    /** A handler with the name of the method that decodes for it. */
    private record Named(Handler handler, String method) {}

    private void writeConstructor() {
        List<String> fields = new ArrayList<>(List.of(source.use(model.type()) + " endpoint"));
        Authorization authorization = model.authorization();
        if (authorization != null) {
            fields.add(source.use(authorization.type()) + " authorizer");
        }
        fields.stream()
                .map(field -> "private final " + field + ";\n")
                .reduce(String::concat)
                .ifPresent(source::member);
        List<String> assignments = authorization == null
                ? List.of("this.endpoint = endpoint;")
                : List.of("this.endpoint = endpoint;", "this.authorizer = authorizer;");
        source.method(model.dispatcherName(), fields, "", assignments);
    }

    private void writeAuthorize() {
        Authorization authorization = model.authorization();
        if (authorization != null && authorization.principal() != null) {
            source.method(
                    "@Override\npublic " + source.use(authorization.principal()) + " authorize",
                    List.of(source.use(RuntimeTypes.HANDSHAKE) + " handshake"),
                    " throws Exception",
                    List.of("return authorizer.authorize(handshake);"));
        }
    }

    private void writeLifecycle(Role role, String name, TypeName.@Nullable Named extra, String variable) {
        List<Handler> handlers = model.handlers(role);
        if (!handlers.isEmpty()) {
            List<String> parameters = new ArrayList<>(List.of(socket()));
            if (extra != null) {
                parameters.add(source.use(extra) + " " + variable);
            }
            source.method(
                    "@Override\npublic void " + name,
                    parameters,
                    " throws Exception",
                    handlers.stream().map(calls::call).toList());
        }
    }

    private String socket() {
        return source.use(RuntimeTypes.SOCKET) + " socket";
    }

    private List<String> socketAndEvent() {
        return List.of(socket(), source.use(RuntimeTypes.EVENT) + " event");
    }

    private void writeDispatch(List<Named> messages) {
        List<String> statements = new ArrayList<>();
        statements.add("switch (event.name()) {");
        for (Named message : messages) {
            statements.add("    case %s -> %s(socket, event);"
                    .formatted(SourceWriter.literal(message.handler().event()), message.method()));
        }
        statements.add("""
                default -> {
                    return false;
                }
            }
            return true;\
            """);
        source.method("@Override\npublic boolean dispatch", socketAndEvent(), " throws Exception", statements);
    }

    private void writeFailed() {
        List<Handler> handlers = model.handlers(Role.ERROR);
        if (handlers.isEmpty()) {
            return;
        }
        List<String> statements = new ArrayList<>();
        statements.add("return switch (failure) {");
        for (Handler handler : CallWriter.bySpeciality(handlers)) {
            statements.add(SourceWriter.indent(failure(handler)));
        }
        if (!CallWriter.isTotal(handlers)) {
            statements.add("    default -> %s.super.failed(socket, failure);"
                    .formatted(source.use(RuntimeTypes.ENDPOINT_DISPATCHER)));
        }
        statements.add("};");
        source.method(
                "@Override\npublic " + source.use(RuntimeTypes.PROBLEM) + " failed",
                List.of(socket(), "Throwable failure"),
                " throws Exception",
                statements);
    }

    private String failure(Handler handler) {
        CallWriter.Failure failure = calls.failure(handler);
        if (handler.returned().result() == Result.PROBLEM) {
            return failure.label() + " " + failure.call();
        }
        return """
            %s {
                %s
                yield new %3$s(%3$s.INTERNAL, "the handler failed");
            }\
            """.formatted(failure.label(), failure.call(), source.use(RuntimeTypes.PROBLEM));
    }

    private void writeMessage(Named message) {
        Handler handler = message.handler();
        List<String> statements = new ArrayList<>();
        if (handler.limit() != null) {
            statements.add(calls.checkSize("event.size()", handler.limit().bytes()));
        }
        Map<Parameter, String> variables = new HashMap<>();
        List<Parameter> payload = handler.all(Source.PAYLOAD);
        if (!payload.isEmpty()) {
            statements.add(source.use(RuntimeTypes.VALUE_READER) + " in = event.arguments().reader();");
            statements.addAll(arguments(payload, variables));
        }
        statements.addAll(invoke(handler, variables));
        source.method("private void " + message.method(), socketAndEvent(), " throws Exception", statements);
    }

    private List<String> invoke(Handler handler, Map<Parameter, String> variables) {
        String reply = switch (handler.returned().result()) {
            case NONE -> "";
            case STAGE, EMPTY_STAGE -> "event.replyWhen(";
            case OBJECT_ARRAY -> "event.reply((Object) ";
            default -> "event.reply(";
        };
        if (reply.isEmpty()) {
            return List.of(calls.call(handler, variables, "", ");"));
        }
        // A stage of nothing has the value null, and whoever replies first decides.
        String end = handler.returned().result() == Result.EMPTY_STAGE ? ".thenRun(event::reply));" : ");";
        String line = calls.call(handler, variables, reply, ")" + end);
        return line.contains("\n")
                ? List.of(calls.call(handler, variables, "var reply = ", ");"), reply + "reply" + end)
                : List.of(line);
    }

    /** Returns one statement for each argument; optional ones at the end may be missing. */
    private List<String> arguments(List<Parameter> payload, Map<Parameter, String> variables) {
        Names scope = new Names("socket", "event", "in", "reply", "endpoint", "authorizer");
        List<String> names =
                payload.stream().map(parameter -> scope.take(parameter.name())).toList();
        int optionalFrom = payload.size();
        while (optionalFrom > 0 && payload.get(optionalFrom - 1).shape().isOptional()) {
            optionalFrom--;
        }
        List<String> statements = new ArrayList<>();
        String previous = "";
        for (int i = 0; i < payload.size(); i++) {
            Shape shape = payload.get(i).shape();
            String name = names.get(i);
            variables.put(payload.get(i), name);
            String declaration = source.use(shapes.type(shape)) + " " + name;
            if (i < optionalFrom) {
                takesArguments = true;
                statements.add(SourceWriter.assignment(8, declaration, shapes.read(shape, "argument(in, " + i + ")")));
                continue;
            }
            String present = previous + "in.hasNext()";
            if (i < payload.size() - 1) {
                String seen = scope.take("has" + Names.upper(name));
                statements.add("boolean " + seen + " = " + present + ";");
                present = seen;
                previous = seen + " && ";
            }
            statements.add(optional(declaration, name, present + " && !in.tryNull()", shape));
        }
        return statements;
    }

    private String optional(String declaration, String name, String present, Shape shape) {
        String value = shapes.present(shape);
        String line = "%s = %s ? %s : %s;".formatted(declaration, present, value, shapes.absent(shape));
        return SourceWriter.fits(8, line)
                ? line
                : "%s = %s;\nif (%s) {\n    %s = %s;\n}"
                        .formatted(declaration, shapes.absent(shape), present, name, value);
    }

    private void writeArgument() {
        if (takesArguments) {
            source.member("""
                private static %1$s argument(%1$s in, int index) {
                    if (!in.hasNext()) {
                        throw new %2$s("$[" + index + "]", "required");
                    }
                    return in;
                }\
                """.formatted(source.use(RuntimeTypes.VALUE_READER), source.use(RuntimeTypes.BAD_VALUE)));
        }
    }
}
