package dev.weft.processor;

import dev.weft.processor.EndpointModel.Authorization;
import dev.weft.processor.EndpointModel.Construction;
import dev.weft.processor.EndpointModel.Dependency;
import dev.weft.processor.EndpointModel.Handler;
import dev.weft.processor.EndpointModel.Kind;
import dev.weft.processor.EndpointModel.Lost;
import dev.weft.processor.EndpointModel.Parameter;
import dev.weft.processor.EndpointModel.Role;
import dev.weft.processor.EndpointModel.Source;
import dev.weft.processor.Shape.Component;
import dev.weft.processor.Shape.Definition.Product;
import dev.weft.processor.Shape.Definition.Sum;
import dev.weft.processor.Shape.Option;
import dev.weft.processor.Shape.Unreadable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Finds every mistake in one handler class, as far as the class alone shows it. */
final class EndpointValidator {
    private final EndpointModel model;
    private final List<Problem> problems = new ArrayList<>();

    EndpointValidator(EndpointModel model) {
        this.model = model;
    }

    /** Returns all mistakes in the order of the source, those of the class first. */
    List<Problem> validate() {
        if (model.secondKind() != null) {
            error(
                    111,
                    model.secondKind(),
                    model.type().display() + " is @Endpoint and @WebSocketEndpoint; give each its own class");
        }
        problems.addAll(new AddressValidator(model).validate());
        checkConstruction(model.construction());
        if (model.authorization() != null) {
            checkAuthorization(model.authorization());
        }
        for (Lost lost : model.lost()) {
            error(
                    104,
                    lost.place(),
                    "%s overrides %s, which has %s, but has none itself; repeat the annotation"
                            .formatted(lost.method(), lost.overridden(), lost.annotation()));
        }
        for (Handler handler : model.handlers()) {
            problems.addAll(new HandlerValidator(model, handler).validate());
        }
        checkExceptions();
        checkDefinitions();
        return List.copyOf(problems);
    }

    private void checkConstruction(Construction construction) {
        if (construction.obstacle() != null) {
            error(
                    105,
                    construction.place(),
                    construction.type().display() + " cannot be created: " + construction.obstacle());
        }
        checkInjection(construction);
    }

    private void checkInjection(Construction construction) {
        construction.misplaced().forEach(misplaced -> error(105, misplaced.place(), misplaced.message()));
        construction.dependencies().stream()
                .map(Dependency::created)
                .filter(Objects::nonNull)
                .forEach(this::checkInjection);
    }

    private void checkAuthorization(Authorization authorization) {
        if (model.kind() == Kind.WEB_SOCKET) {
            error(
                    104,
                    authorization.place(),
                    "@Authorize has no effect on %s: only an @Endpoint has clients to authorize; read the request of"
                                    .formatted(model.type().display())
                            + " the WebSocket in @OnConnect");
        } else if (authorization.obstacle() != null) {
            error(107, authorization.place(), authorization.obstacle());
        } else {
            checkConstruction(authorization.construction());
        }
    }

    private void checkExceptions() {
        Map<TypeName, Handler> handled = new HashMap<>();
        for (Handler handler : model.handlers(Role.ERROR)) {
            for (Parameter exception : handler.all(Source.EXCEPTION)) {
                Handler other = handled.putIfAbsent(exception.type(), handler);
                if (other != null && !other.equals(handler)) {
                    error(
                            301,
                            handler.place(),
                            "%s already has a handler: %s; an exception has exactly one"
                                    .formatted(exception.type().display(), other.signature()));
                }
            }
        }
    }

    private void checkDefinitions() {
        for (Shape.Definition definition : model.definitions()) {
            switch (definition) {
                case Product product -> product.components().forEach(component -> checkComponent(product, component));
                case Sum sum -> checkSum(sum);
            }
        }
    }

    private void checkSum(Sum sum) {
        if (sum.flaw() != null) {
            error(120, sum.place(), sum.type().display() + " " + sum.flaw());
        }
        for (Option option : sum.options()) {
            for (Shape.Definition definition : model.definitions()) {
                if (definition instanceof Product product && product.type().equals(option.type())) {
                    checkTag(product);
                }
            }
        }
    }

    private void checkTag(Product product) {
        for (Component component : product.components()) {
            if (component.name().equals("type")) {
                String name = product.type().display();
                error(
                        120,
                        component.place(),
                        name + " has a component \"type\", which names the record in a packet; rename it");
            }
        }
    }

    private void checkComponent(Product product, Component component) {
        component.constraints().stream().map(Problem::unchecked).forEach(problems::add);
        if (component.shape().weakest() instanceof Unreadable unreadable) {
            error(
                    120,
                    component.place(),
                    "%s.%s: %s %s"
                            .formatted(
                                    product.type().display(),
                                    component.name(),
                                    unreadable.type().display(),
                                    unreadable.reason()));
        }
    }

    private void error(int tag, Place place, String message) {
        problems.add(Problem.error(tag, place, message));
    }
}
