package dev.weft.processor;

import dev.weft.processor.EndpointModel.Authorization;
import dev.weft.processor.EndpointModel.Handler;
import dev.weft.processor.EndpointModel.Kind;
import dev.weft.processor.EndpointModel.Parameter;
import dev.weft.processor.EndpointModel.Role;
import dev.weft.processor.EndpointModel.Source;
import dev.weft.processor.EndpointModel.Trait;
import dev.weft.processor.EndpointModel.Unchecked;
import dev.weft.processor.Shape.Unreadable;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds every mistake in one annotated method. */
final class HandlerValidator {
    private static final Map<String, String> RESERVED = Map.of(
            "connect", "use @OnConnect",
            "connect_error", "throw Refused in the class that @Authorize names",
            "disconnect", "use @OnDisconnect",
            "disconnecting", "use @OnDisconnect",
            "newListener", "choose another name",
            "removeListener", "choose another name");

    private final EndpointModel model;
    private final Handler handler;
    private final String name;
    private final List<Problem> problems = new ArrayList<>();

    HandlerValidator(EndpointModel model, Handler handler) {
        this.model = model;
        this.handler = handler;
        this.name = handler.signature();
    }

    List<Problem> validate() {
        if (handler.roles().size() > 1) {
            String annotations = handler.roles().stream().map(Role::annotation).collect(Collectors.joining(" and "));
            error(111, handler.place(), name + " has " + annotations + "; give each its own method");
            return problems;
        }
        checkTraits();
        checkName();
        checkLimit();
        checkConstraints();
        if (!handler.traits().contains(Trait.GENERIC) && checkSources()) {
            checkPayload();
        }
        problems.addAll(new ResultValidator(model.kind(), handler).validate());
        return problems;
    }

    private void checkTraits() {
        Set<Trait> traits = handler.traits();
        if (traits.contains(Trait.PRIVATE)) {
            error(
                    110,
                    handler.place(),
                    name + " is private, so the generated dispatcher cannot call it; make it "
                            + Mirrors.access(!traits.contains(Trait.HIDDEN)));
        } else if (traits.contains(Trait.HIDDEN)) {
            error(
                    110,
                    handler.place(),
                    name + " is inherited from another package, so the generated dispatcher cannot call it; make it"
                            + " public");
        }
        if (traits.contains(Trait.STATIC)) {
            error(111, handler.place(), name + " is static; handlers are called on an object, so remove static");
        }
        if (traits.contains(Trait.GENERIC)) {
            error(112, handler.place(), name + " has type parameters; a packet does not say what they are");
        }
        if (traits.contains(Trait.THROWABLE)) {
            error(111, handler.place(), name + " throws Throwable; declare Exception or what it really throws");
        }
        if (traits.contains(Trait.SYNCHRONIZED)) {
            problems.add(Problem.warning(
                    350,
                    handler.place(),
                    name + " is synchronized; before JDK 24 a waiting handler would block a carrier thread, so use a"
                            + " ReentrantLock"));
        }
    }

    private void checkName() {
        if (handler.role() != Role.MESSAGE) {
            return;
        }
        String event = handler.event();
        if (model.kind() == Kind.WEB_SOCKET) {
            if (!event.isEmpty()) {
                error(111, handler.eventPlace(), "messages of a WebSocket have no names; write @OnMessage without one");
            }
        } else if (event.isEmpty()) {
            String example = handler.name();
            error(101, handler.place(), "@OnMessage needs an event name, for example @OnMessage(\"" + example + "\")");
        } else if (RESERVED.containsKey(event)) {
            error(
                    102,
                    handler.eventPlace(),
                    "\"%s\" is reserved by the Socket.IO protocol and never arrives as an event; %s"
                            .formatted(event, RESERVED.get(event)));
        }
    }

    private void checkLimit() {
        if (handler.limit() == null) {
            return;
        } else if (handler.role() != Role.MESSAGE) {
            String annotation = handler.role().annotation();
            error(
                    104,
                    handler.limit().place(),
                    "@MaxSize has no effect beside " + annotation + ": nothing arrives there");
        } else if (handler.limit().bytes() < 1) {
            error(
                    124,
                    handler.limit().place(),
                    "@MaxSize(" + handler.limit().bytes() + ") lets nothing through; write a number of bytes above 0");
        }
    }

    private void checkConstraints() {
        for (Parameter parameter : handler.parameters()) {
            for (Unchecked unchecked : parameter.constraints()) {
                problems.add(Problem.unchecked(unchecked));
            }
        }
    }

    /** Checks that every parameter can be there; returns whether all can. */
    private boolean checkSources() {
        if (model.kind() == Kind.WEB_SOCKET && handler.role() == Role.ANY) {
            error(
                    111,
                    handler.place(),
                    "a WebSocket has no events to observe; use @OnMessage with a Message parameter");
            return false;
        }
        Set<Source> allowed = allowed();
        boolean fits = true;
        for (Parameter parameter : handler.parameters()) {
            if (!allowed.contains(parameter.source())) {
                fits = false;
                reject(parameter, allowed);
            } else if (parameter.obstacle() != null) {
                fits = false;
                error(
                        110,
                        parameter.place(),
                        "%s takes %s, which the generated dispatcher cannot name; %s"
                                .formatted(name, parameter.type().display(), parameter.obstacle()));
            }
        }
        return fits && checkCounts();
    }

    private void reject(Parameter parameter, Set<Source> allowed) {
        Authorization authorization = model.authorization();
        if (parameter.source() == Source.PAYLOAD && authorization != null && isForeign(parameter)) {
            wrongPrincipal(parameter, authorization);
            return;
        }
        String list = allowed.stream()
                .filter(source -> source != Source.PRINCIPAL || principal() != null)
                .map(source -> source == Source.PRINCIPAL ? principal() : source.display())
                .collect(Collectors.joining(", "));
        error(
                111,
                parameter.place(),
                "%s cannot take %s in %s; what it can take: %s"
                        .formatted(
                                name, parameter.type().display(), handler.role().annotation(), list));
    }

    private Set<Source> allowed() {
        if (model.kind() == Kind.WEB_SOCKET) {
            return switch (handler.role()) {
                case MESSAGE -> EnumSet.of(Source.WEB_SOCKET, Source.MESSAGE, Source.PAYLOAD);
                case DISCONNECT -> EnumSet.of(Source.WEB_SOCKET, Source.CLOSE_CODE);
                case ERROR -> EnumSet.of(Source.WEB_SOCKET, Source.EXCEPTION);
                case CONNECT, ANY -> EnumSet.of(Source.WEB_SOCKET);
            };
        }
        Set<Source> allowed = EnumSet.of(Source.SOCKET, Source.HANDSHAKE, Source.PRINCIPAL);
        switch (handler.role()) {
            case MESSAGE -> allowed.addAll(EnumSet.of(Source.EVENT, Source.ACK, Source.PAYLOAD));
            case DISCONNECT -> allowed.add(Source.DISCONNECT_REASON);
            case ERROR -> allowed.add(Source.EXCEPTION);
            case ANY -> allowed.add(Source.EVENT);
            case CONNECT -> {}
        }
        return allowed;
    }

    private boolean checkCounts() {
        int exceptions = handler.all(Source.EXCEPTION).size();
        if (handler.role() == Role.ERROR && exceptions != 1) {
            error(
                    exceptions == 0 ? 302 : 111,
                    handler.place(),
                    exceptions == 0
                            ? name + " has @OnError but no exception parameter, whose type says what it handles"
                            : name + " takes " + exceptions + " exceptions, but failures come one at a time; keep one");
            return false;
        }
        int messages =
                handler.all(Source.MESSAGE).size() + handler.all(Source.PAYLOAD).size();
        if (model.kind() == Kind.WEB_SOCKET && handler.role() == Role.MESSAGE && messages != 1) {
            error(
                    111,
                    handler.place(),
                    name + " takes " + (messages == 0 ? "no message" : messages + " messages")
                            + "; take one String or record for text, or one byte[], ByteBuffer, Bytes or Message for"
                            + " binary");
            return false;
        }
        return true;
    }

    private void checkPayload() {
        List<Parameter> payload = handler.all(Source.PAYLOAD);
        int optional = 0;
        for (int i = 0; i < payload.size(); i++) {
            checkArgument(payload.get(i), i + 1);
            boolean isOptional = payload.get(i).shape() instanceof Shape.Maybe;
            if (optional > 0 && !payload.get(i).shape().isOptional()) {
                error(
                        121,
                        payload.get(optional - 1).place(),
                        "argument %d of \"%s\" is Optional but argument %d is not; put optional arguments last"
                                .formatted(optional, handler.event(), i + 1));
                return;
            }
            optional = isOptional && optional == 0 ? i + 1 : optional;
        }
    }

    private void checkArgument(Parameter parameter, int number) {
        Authorization authorization = model.authorization();
        if (authorization != null && (parameter.relative() || isForeign(parameter))) {
            wrongPrincipal(parameter, authorization);
        } else if (parameter.shape().weakest() instanceof Unreadable unreadable) {
            String where = model.kind() == Kind.NAMESPACE
                    ? "argument %d of \"%s\"".formatted(number, handler.event())
                    : "the message of " + name;
            error(120, parameter.place(), where + ": " + unreadable.type().display() + " " + unreadable.reason());
        }
    }

    /** Returns whether a parameter that is no packet argument was probably meant to be the principal. */
    private boolean isForeign(Parameter parameter) {
        return principal() != null
                && parameter.type() instanceof TypeName.Named type
                && type.arguments().isEmpty()
                && !type.packageName().isEmpty()
                && !type.packageName().startsWith("java.")
                && !FrameworkTypes.isHome(type.packageName())
                && parameter.shape() instanceof Unreadable;
    }

    private void wrongPrincipal(Parameter parameter, Authorization authorization) {
        boolean argument = handler.role() == Role.MESSAGE && !parameter.relative();
        error(
                123,
                parameter.place(),
                "%s takes a %s, but @Authorize(%s.class) yields a %s%s"
                        .formatted(
                                name,
                                parameter.type().display(),
                                authorization.type().display(),
                                principal(),
                                argument
                                        ? "; if it is a packet argument, make it a record or annotate it with @Json"
                                        : ""));
    }

    private @Nullable String principal() {
        Authorization authorization = model.authorization();
        TypeName type = authorization == null ? null : authorization.principal();
        return type == null ? null : type.display();
    }

    private void error(int tag, Place place, String message) {
        problems.add(Problem.error(tag, place, message));
    }
}
