package dev.weft.processor;

import dev.weft.annotation.MaxSize;
import dev.weft.annotation.OnAny;
import dev.weft.annotation.OnConnect;
import dev.weft.annotation.OnDisconnect;
import dev.weft.annotation.OnError;
import dev.weft.annotation.OnMessage;
import dev.weft.processor.EndpointModel.Handler;
import dev.weft.processor.EndpointModel.Limit;
import dev.weft.processor.EndpointModel.Parameter;
import dev.weft.processor.EndpointModel.Role;
import dev.weft.processor.EndpointModel.Source;
import dev.weft.processor.EndpointModel.Trait;
import dev.weft.processor.TypeName.Named;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** Reads the annotated methods of one handler class. */
final class HandlerReader {
    /** The annotation that makes a method a handler, by role. */
    static final Map<Role, Class<?>> ANNOTATIONS = annotations();

    private static final Map<Named, Source> SOURCES = Map.of(
            RuntimeTypes.SOCKET, Source.SOCKET,
            RuntimeTypes.HANDSHAKE, Source.HANDSHAKE,
            RuntimeTypes.EVENT, Source.EVENT,
            RuntimeTypes.ACK, Source.ACK,
            RuntimeTypes.DISCONNECT_REASON, Source.DISCONNECT_REASON,
            RuntimeTypes.WEB_SOCKET, Source.WEB_SOCKET,
            RuntimeTypes.MESSAGE, Source.MESSAGE,
            RuntimeTypes.MESSAGE_TEXT, Source.MESSAGE,
            RuntimeTypes.MESSAGE_BINARY, Source.MESSAGE,
            RuntimeTypes.CLOSE_CODE, Source.CLOSE_CODE);

    private final Mirrors mirrors;
    private final ShapeReader shapes;
    private final TypeElement owner;
    private final Place place;
    private final @Nullable TypeMirror principal;
    private final ResultReader results;
    private final ConstraintReader constraints;

    /**
     * Creates a reader for the methods of one class.
     *
     * @param place the annotation of the class
     */
    HandlerReader(Mirrors mirrors, ShapeReader shapes, Place place, @Nullable TypeMirror principal) {
        this.mirrors = mirrors;
        this.shapes = shapes;
        this.owner = (TypeElement) place.element();
        this.place = place;
        this.principal = principal;
        this.results = new ResultReader(mirrors);
        this.constraints = new ConstraintReader(mirrors);
    }

    private static Map<Role, Class<?>> annotations() {
        Map<Role, Class<?>> annotations = new LinkedHashMap<>();
        annotations.put(Role.CONNECT, OnConnect.class);
        annotations.put(Role.MESSAGE, OnMessage.class);
        annotations.put(Role.DISCONNECT, OnDisconnect.class);
        annotations.put(Role.ERROR, OnError.class);
        annotations.put(Role.ANY, OnAny.class);
        return annotations;
    }

    /** Returns the handler that {@code method} is, if it is annotated. */
    Optional<Handler> read(ExecutableElement method) {
        List<Role> roles = new ArrayList<>();
        List<AnnotationMirror> annotations = new ArrayList<>();
        ANNOTATIONS.forEach((role, annotation) -> mirrors.annotation(method, annotation.getCanonicalName())
                .ifPresent(mirror -> {
                    roles.add(role);
                    annotations.add(mirror);
                }));
        return roles.isEmpty() ? Optional.empty() : Optional.of(read(method, roles, annotations));
    }

    private Handler read(ExecutableElement method, List<Role> roles, List<AnnotationMirror> annotations) {
        ExecutableType type = (ExecutableType) mirrors.types().asMemberOf((DeclaredType) owner.asType(), method);
        List<Parameter> parameters = new ArrayList<>();
        for (int i = 0; i < method.getParameters().size(); i++) {
            parameters.add(parameter(
                    method.getParameters().get(i), type.getParameterTypes().get(i), roles.getFirst()));
        }
        boolean message = roles.getFirst() == Role.MESSAGE;
        AnnotationMirror annotation = annotations.getFirst();
        return new Handler(
                method.getSimpleName().toString(),
                mirrors.display(method),
                List.copyOf(roles),
                message ? (String) mirrors.value(annotation, "value").getValue() : "",
                mirrors.place(new Place(method, annotations.getLast(), null), place),
                mirrors.place(
                        message ? mirrors.place(method, annotation, "value") : new Place(method, annotation, null),
                        place),
                traits(method),
                List.copyOf(parameters),
                results.read(method, type.getReturnType()),
                limit(method));
    }

    private Set<Trait> traits(ExecutableElement method) {
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        Set<Modifier> modifiers = method.getModifiers();
        boolean samePackage = mirrors.packageOf(method).equals(mirrors.packageOf(owner));
        if (modifiers.contains(Modifier.PRIVATE)) {
            traits.add(Trait.PRIVATE);
        }
        if (!samePackage && !mirrors.isAccessible(method, false)) {
            traits.add(Trait.HIDDEN);
        }
        if (modifiers.contains(Modifier.STATIC)) {
            traits.add(Trait.STATIC);
        }
        if (modifiers.contains(Modifier.SYNCHRONIZED)) {
            traits.add(Trait.SYNCHRONIZED);
        }
        if (mirrors.elements().isDeprecated(method)) {
            traits.add(Trait.DEPRECATED);
        }
        if (!method.getTypeParameters().isEmpty()) {
            traits.add(Trait.GENERIC);
        }
        if (method.getThrownTypes().stream()
                .anyMatch(thrown -> !mirrors.isSubtype(thrown, "java.lang.Exception")
                        && !mirrors.isSubtype(thrown, "java.lang.Error"))) {
            traits.add(Trait.THROWABLE);
        }
        return traits;
    }

    private Parameter parameter(VariableElement parameter, TypeMirror type, Role role) {
        Source source = source(type);
        Place where = mirrors.place(parameter, place);
        Shape shape = source == Source.PAYLOAD && role == Role.MESSAGE
                ? shapes.read(type, parameter, where)
                : new Shape.Unreadable(mirrors.name(type), "is no payload");
        return new Parameter(
                parameter.getSimpleName().toString(),
                mirrors.name(type),
                source,
                shape,
                source == Source.PAYLOAD && isRelatedToPrincipal(type),
                source == Source.EXCEPTION ? depth(type) : 0,
                source == Source.EXCEPTION
                        ? mirrors.opening(type, mirrors.packageOf(owner)).orElse(null)
                        : null,
                constraints.read(parameter, place),
                where);
    }

    private Source source(TypeMirror type) {
        if (type.getKind() != TypeKind.DECLARED) {
            return Source.PAYLOAD;
        } else if (principal != null && mirrors.types().isSameType(type, principal)) {
            return Source.PRINCIPAL;
        }
        Source known = SOURCES.get(mirrors.name(mirrors.element((DeclaredType) type)));
        if (known != null) {
            return known;
        }
        return mirrors.isSubtype(type, "java.lang.Throwable") ? Source.EXCEPTION : Source.PAYLOAD;
    }

    private int depth(TypeMirror type) {
        int depth = 0;
        for (TypeMirror each = type; each.getKind() == TypeKind.DECLARED; depth++) {
            each = mirrors.element((DeclaredType) each).getSuperclass();
        }
        return depth;
    }

    private boolean isRelatedToPrincipal(TypeMirror type) {
        return principal != null
                && type.getKind() == TypeKind.DECLARED
                && !mirrors.packageOf(mirrors.element((DeclaredType) type)).startsWith("java.")
                && (mirrors.types().isSubtype(type, principal)
                        || mirrors.types().isSubtype(principal, type));
    }

    private @Nullable Limit limit(ExecutableElement method) {
        return mirrors.annotation(method, MaxSize.class.getCanonicalName())
                .map(annotation -> new Limit(
                        (Integer) mirrors.value(annotation, "value").getValue(),
                        mirrors.place(mirrors.place(method, annotation, "value"), place)))
                .orElse(null);
    }
}
