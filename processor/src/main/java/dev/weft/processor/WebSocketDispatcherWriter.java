package dev.weft.processor;

import dev.weft.processor.EndpointModel.Handler;
import dev.weft.processor.EndpointModel.Medium;
import dev.weft.processor.EndpointModel.Parameter;
import dev.weft.processor.EndpointModel.Result;
import dev.weft.processor.EndpointModel.Role;
import dev.weft.processor.EndpointModel.Source;
import dev.weft.processor.EndpointModel.Subprotocol;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes the dispatcher of a {@code @WebSocketEndpoint} class. */
final class WebSocketDispatcherWriter {
    private final EndpointModel model;
    private final SourceWriter source;
    private final ShapeWriter shapes;
    private final CallWriter calls;
    private final Names methods = new Names(
            "path",
            "subprotocols",
            "connect",
            "message",
            "disconnect",
            "failed",
            "checkSize",
            "reader",
            "json",
            "equals",
            "hashCode",
            "toString",
            "getClass",
            "notify",
            "notifyAll",
            "wait",
            "clone",
            "finalize");
    private final List<Message> messages = new ArrayList<>();
    private boolean readsJson;
    private boolean writesJson;

    WebSocketDispatcherWriter(EndpointModel model, Surroundings surroundings) {
        this.model = model;
        this.source =
                new SourceWriter(TypeName.Named.of(model.type().packageName(), model.dispatcherName()), surroundings);
        this.shapes = new ShapeWriter(source, model.definitions(), methods);
        this.calls = new CallWriter(source);
    }

    /** Returns the source file. */
    String write() {
        String endpoint = source.use(model.type());
        source.member("private final " + endpoint + " endpoint;");
        source.method(
                model.dispatcherName(), List.of(endpoint + " endpoint"), "", List.of("this.endpoint = endpoint;"));
        source.method(
                "@Override\npublic String path",
                List.of(),
                "",
                List.of("return " + SourceWriter.literal(model.address().text()) + ";"));
        writeSubprotocols();
        String webSocket = source.use(RuntimeTypes.WEB_SOCKET) + " webSocket";
        writeLifecycle(Role.CONNECT, "connect", webSocket, null);
        writeMessages(webSocket);
        writeLifecycle(Role.DISCONNECT, "disconnect", webSocket, RuntimeTypes.CLOSE_CODE);
        writeFailed(webSocket);
        for (Message message : messages) {
            writeMessage(message, webSocket);
        }
        shapes.writeMethods();
        writeJsonMethods();
        calls.writeMethods();
        return source.finish(
                "Calls the methods of {@link " + endpoint + "}.",
                ProviderWriter.generated(source, model)
                        + "final class " + model.dispatcherName() + " implements "
                        + source.use(RuntimeTypes.WEB_SOCKET_DISPATCHER));
    }

    /** A handler with the name of the method that decodes for it. */
    private record Message(Handler handler, String method) {}

    private void writeSubprotocols() {
        if (!model.subprotocols().isEmpty()) {
            String list = model.subprotocols().stream()
                    .map(Subprotocol::name)
                    .map(SourceWriter::literal)
                    .collect(Collectors.joining(", "));
            String type = source.use(List.class);
            source.method(
                    "@Override\npublic " + type + "<String> subprotocols",
                    List.of(),
                    "",
                    List.of("return " + type + ".of(" + list + ");"));
        }
    }

    private void writeLifecycle(Role role, String name, String webSocket, TypeName.@Nullable Named code) {
        List<Handler> handlers = model.handlers(role);
        if (!handlers.isEmpty()) {
            source.method(
                    "@Override\npublic void " + name,
                    code == null ? List.of(webSocket) : List.of(webSocket, source.use(code) + " code"),
                    " throws Exception",
                    handlers.stream().map(calls::call).toList());
        }
    }

    private void writeMessages(String webSocket) {
        Map<Medium, String> byMedium = new EnumMap<>(Medium.class);
        for (Handler handler : model.handlers(Role.MESSAGE)) {
            Message message = new Message(handler, methods.take(handler.name()));
            messages.add(message);
            byMedium.put(handler.medium(), message.method());
        }
        if (byMedium.isEmpty()) {
            return;
        }
        boolean same = byMedium.size() == 1 && byMedium.containsKey(Medium.ANY);
        List<String> statements = same
                ? List.of(byMedium.get(Medium.ANY) + "(webSocket, message);")
                : List.of(
                        "switch (message) {",
                        "    case %s text -> %s;"
                                .formatted(source.use(RuntimeTypes.MESSAGE_TEXT), target(byMedium, Medium.TEXT)),
                        "    case %s binary -> %s;"
                                .formatted(source.use(RuntimeTypes.MESSAGE_BINARY), target(byMedium, Medium.BINARY)),
                        "}");
        source.method(
                "@Override\npublic void message",
                List.of(webSocket, source.use(RuntimeTypes.MESSAGE) + " message"),
                " throws Exception",
                statements);
    }

    private String target(Map<Medium, String> byMedium, Medium medium) {
        String method = byMedium.getOrDefault(medium, byMedium.get(Medium.ANY));
        String variable = medium == Medium.TEXT ? "text" : "binary";
        String other = medium == Medium.TEXT ? "binary" : "text";
        return method == null
                ? "webSocket.close(%s.UNSUPPORTED_DATA, \"expected %s\")"
                        .formatted(source.use(RuntimeTypes.CLOSE_CODE), other)
                : method + "(webSocket, " + variable + ")";
    }

    private void writeFailed(String webSocket) {
        List<Handler> handlers = model.handlers(Role.ERROR);
        if (handlers.isEmpty()) {
            return;
        }
        List<String> statements = new ArrayList<>();
        statements.add("switch (failure) {");
        for (Handler handler : CallWriter.bySpeciality(handlers)) {
            CallWriter.Failure failure = calls.failure(handler);
            statements.add(SourceWriter.indent(failure.label() + " " + failure.call()));
        }
        if (!CallWriter.isTotal(handlers)) {
            statements.add("    default -> {\n        return false;\n    }");
        }
        statements.add("}");
        statements.add("return true;");
        source.method(
                "@Override\npublic boolean failed",
                List.of(webSocket, "Throwable failure"),
                " throws Exception",
                statements);
    }

    private void writeMessage(Message message, String webSocket) {
        Handler handler = message.handler();
        Medium medium = handler.medium();
        String variable = switch (medium) {
            case TEXT -> "text";
            case BINARY -> "binary";
            case ANY -> "message";
        };
        TypeName type = switch (medium) {
            case TEXT -> RuntimeTypes.MESSAGE_TEXT;
            case BINARY -> RuntimeTypes.MESSAGE_BINARY;
            case ANY -> RuntimeTypes.MESSAGE;
        };
        List<String> statements = new ArrayList<>();
        if (handler.limit() != null) {
            statements.add(calls.checkSize(
                    variable + ".bytes().size()", handler.limit().bytes()));
        }
        Parameter parameter = handler.parameters().stream()
                .filter(each -> each.source() != Source.WEB_SOCKET)
                .findFirst()
                .orElseThrow();
        String argument = parameter.source() == Source.MESSAGE ? variable : payload(parameter, variable, statements);
        statements.addAll(invoke(handler, Map.of(parameter, argument)));
        source.method(
                "private void " + message.method(),
                List.of(webSocket, source.use(type) + " " + variable),
                " throws Exception",
                statements);
    }

    private String payload(Parameter parameter, String variable, List<String> statements) {
        Shape shape = parameter.shape();
        if (shape instanceof Shape.Binary binary) {
            return variable + ".bytes()" + binary.conversion();
        } else if (isString(parameter.type())) {
            return variable + ".text()";
        }
        readsJson = true;
        String name = new Names("webSocket", "text", "in", "reply", "endpoint").take(parameter.name());
        statements.add(source.use(RuntimeTypes.VALUE_READER) + " in = reader(text);");
        statements.add(
                SourceWriter.assignment(8, source.use(shapes.type(shape)) + " " + name, shapes.read(shape, "in")));
        return name;
    }

    private static boolean isString(TypeName type) {
        return type.equals(TypeName.Named.of(String.class));
    }

    private List<String> invoke(Handler handler, Map<Parameter, String> variables) {
        Result result = handler.returned().result();
        if (result == Result.NONE) {
            return List.of(calls.call(handler, variables, "", ");"));
        }
        String binary = source.use(RuntimeTypes.MESSAGE_BINARY);
        String before = switch (result) {
            case TEXT, BYTE_ARRAY, MESSAGE -> "webSocket.send(";
            case BYTES -> "webSocket.send(new " + binary + "(";
            case BYTE_BUFFER -> "webSocket.send(new " + binary + "(" + source.use(RuntimeTypes.BYTES) + ".copyOf(";
            default -> "webSocket.send(json(";
        };
        String after = ")".repeat((int) before.chars().filter(c -> c == '(').count()) + ";";
        writesJson |= before.endsWith("json(");
        String line = calls.call(handler, variables, before, ")" + after);
        if (!handler.returned().nullable() && !line.contains("\n")) {
            return List.of(line);
        }
        String assignment = calls.call(handler, variables, "var reply = ", ");");
        String send = before + "reply" + after;
        return List.of(assignment, handler.returned().nullable() ? "if (reply != null) {\n    " + send + "\n}" : send);
    }

    private void writeJsonMethods() {
        if (readsJson) {
            source.member("""
                private static %1$s reader(%2$s.Text text) {
                    %3$s mapper = %3$s.standard();
                    mapper.check(text.utf8(), 0);
                    return mapper.reader(text.utf8(), %4$s.of());
                }\
                """.formatted(
                            source.use(RuntimeTypes.VALUE_READER),
                            source.use(RuntimeTypes.MESSAGE),
                            source.use(RuntimeTypes.JSON_MAPPER),
                            source.use(List.class)));
        }
        if (writesJson) {
            source.member("""
                private static %1$s json(Object value) {
                    %2$s<%3$s> attachments = new %4$s<>();
                    %3$s json = %5$s.standard().write(value, attachments);
                    if (!attachments.isEmpty()) {
                        throw new IllegalArgumentException("JSON text cannot hold binary; return byte[] instead");
                    }
                    return new %1$s.Text(json);
                }\
                """.formatted(
                            source.use(RuntimeTypes.MESSAGE),
                            source.use(List.class),
                            source.use(RuntimeTypes.BYTES),
                            source.use(ArrayList.class),
                            source.use(RuntimeTypes.JSON_MAPPER)));
        }
    }
}
