package dev.weft.processor;

import dev.weft.annotation.Authorize;
import dev.weft.annotation.Endpoint;
import dev.weft.annotation.WebSocketEndpoint;
import dev.weft.processor.EndpointModel.Address;
import dev.weft.processor.EndpointModel.Authorization;
import dev.weft.processor.EndpointModel.Construction;
import dev.weft.processor.EndpointModel.Handler;
import dev.weft.processor.EndpointModel.Kind;
import dev.weft.processor.EndpointModel.Subprotocol;
import dev.weft.processor.TypeName.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** Reads an annotated class into a model; judges nothing. With its fellow readers the only user of the compiler's API. */
final class EndpointReader {
    private final Mirrors mirrors;

    EndpointReader(Mirrors mirrors) {
        this.mirrors = mirrors;
    }

    /**
     * Reads {@code type}, which carries one of the two class annotations.
     *
     * @throws UnresolvedTypeException if it mentions a type that does not exist yet
     */
    EndpointModel read(TypeElement type) {
        Optional<AnnotationMirror> endpoint = mirrors.annotation(type, Endpoint.class.getCanonicalName());
        AnnotationMirror annotation = endpoint.or(
                        () -> mirrors.annotation(type, WebSocketEndpoint.class.getCanonicalName()))
                .orElseThrow();
        Kind kind = endpoint.isPresent() ? Kind.NAMESPACE : Kind.WEB_SOCKET;
        String packageName = mirrors.packageOf(type);
        ShapeReader shapes = new ShapeReader(mirrors, packageName);
        AuthorizationFound authorization = authorization(type, packageName);
        Place place = new Place(type, annotation, null);
        Construction construction = new ConstructionReader(mirrors, packageName).read(type, place);
        HandlerReader reader = new HandlerReader(mirrors, shapes, place, authorization.principal());
        List<Handler> handlers = new ArrayList<>();
        MethodsReader methods = new MethodsReader(mirrors, type);
        for (ExecutableElement method : methods.methods()) {
            reader.read(method).ifPresent(handlers::add);
        }
        return new EndpointModel(
                type,
                mirrors.name(type),
                kind,
                new Address(
                        (String) mirrors.value(annotation, "value").getValue(),
                        mirrors.place(type, annotation, "value")),
                kind == Kind.WEB_SOCKET ? subprotocols(type, annotation) : List.of(),
                authorization.model(),
                construction,
                List.copyOf(handlers),
                shapes.definitions(),
                methods.lost(place),
                secondKind(type, kind),
                hasGenerated(type));
    }

    private @Nullable Place secondKind(TypeElement type, Kind kind) {
        return kind == Kind.WEB_SOCKET
                ? null
                : mirrors.annotation(type, WebSocketEndpoint.class.getCanonicalName())
                        .map(annotation -> new Place(type, annotation, null))
                        .orElse(null);
    }

    /** The authorization of a class, with its principal still a mirror for comparison. */
    private record AuthorizationFound(
            @Nullable Authorization model, @Nullable TypeMirror principal) {}

    private AuthorizationFound authorization(TypeElement type, String packageName) {
        Optional<AnnotationMirror> annotation = mirrors.annotation(type, Authorize.class.getCanonicalName());
        if (annotation.isEmpty()) {
            return new AuthorizationFound(null, null);
        }
        Place place = mirrors.place(type, annotation.get(), "value");
        Object value = mirrors.value(annotation.get(), "value").getValue();
        if (value instanceof TypeMirror mirror && mirror.getKind() != TypeKind.DECLARED) {
            return noClass(mirror, place);
        }
        TypeElement authorizer = authorizer(value);
        Construction construction = new ConstructionReader(mirrors, packageName).read(authorizer, place);
        TypeMirror principal = principal(authorizer.asType()).orElse(null);
        String unfit = unfit(authorizer, principal);
        TypeMirror known = unfit == null ? principal : null;
        String hidden = known == null ? null : hidden(authorizer, known, packageName);
        TypeName name = known == null || hidden != null ? null : mirrors.name(known);
        String obstacle = unfit == null ? hidden : unfit;
        return new AuthorizationFound(
                new Authorization(mirrors.name(authorizer), name, obstacle, construction, place), known);
    }

    private @Nullable String hidden(TypeElement authorizer, TypeMirror principal, String packageName) {
        String yields = mirrors.name(authorizer).display() + " yields "
                + mirrors.name(principal).display();
        return mirrors.opening(principal, packageName)
                .map(opening -> yields + ", which the generated dispatcher cannot name; " + opening)
                .orElse(null);
    }

    /** A primitive or an array, which has a class literal as well. */
    private AuthorizationFound noClass(TypeMirror type, Place place) {
        Named name = Named.of("", mirrors.name(type).display());
        String obstacle = noAuthorizer(name.display());
        Construction construction = Construction.impossible(name, obstacle, place);
        return new AuthorizationFound(new Authorization(name, null, obstacle, construction, place), null);
    }

    private static String noAuthorizer(String name) {
        return name + " is not an authorizer; let it implement Authorizer<P>, where P is what handlers get to know"
                + " of a client";
    }

    private TypeElement authorizer(Object value) {
        if (value instanceof DeclaredType declared) {
            return mirrors.element(declared);
        }
        throw new UnresolvedTypeException(value.toString());
    }

    /** Returns the type argument with which {@code type} implements Authorizer; without one, the type itself. */
    private Optional<TypeMirror> principal(TypeMirror type) {
        if (mirrors.is(type, RuntimeTypes.AUTHORIZER)) {
            List<? extends TypeMirror> arguments = ((DeclaredType) type).getTypeArguments();
            return Optional.of(arguments.isEmpty() ? type : arguments.getFirst());
        }
        for (TypeMirror supertype : mirrors.types().directSupertypes(type)) {
            Optional<TypeMirror> found = principal(supertype);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private @Nullable String unfit(TypeElement authorizer, @Nullable TypeMirror principal) {
        String name = mirrors.name(authorizer).display();
        if (principal == null) {
            return noAuthorizer(name);
        }
        TypeName type = mirrors.name(principal);
        if (mirrors.is(principal, RuntimeTypes.AUTHORIZER)) {
            return name + " does not say what it yields; let it implement Authorizer<P> with a type of your own for P";
        }
        boolean own = principal instanceof DeclaredType
                && type.hasClassLiteral()
                && !mirrors.packageOf(mirrors.types().asElement(principal)).startsWith("java.");
        return own
                ? null
                : name + " yields " + type.display() + ", which handlers could not tell from a packet argument;"
                        + " wrap it in a class or record of your own";
    }

    private List<Subprotocol> subprotocols(TypeElement type, AnnotationMirror annotation) {
        List<Subprotocol> subprotocols = new ArrayList<>();
        for (Object each : (List<?>) mirrors.value(annotation, "subprotocols").getValue()) {
            AnnotationValue value = (AnnotationValue) each;
            subprotocols.add(new Subprotocol((String) value.getValue(), new Place(type, annotation, value)));
        }
        return List.copyOf(subprotocols);
    }

    /** Returns whether the module of {@code type} can see the annotation for generated code. */
    private boolean hasGenerated(TypeElement type) {
        return mirrors.elements().getTypeElement(mirrors.elements().getModuleOf(type), ProviderWriter.GENERATED)
                != null;
    }

    /** Returns whether a dispatcher is written for {@code type}. */
    boolean isHandlerClass(TypeElement type) {
        return mirrors.isAnnotated(type, Endpoint.class) || mirrors.isAnnotated(type, WebSocketEndpoint.class);
    }

    /** Returns whether methods of {@code type} can be handlers of some class: it is one, or one may extend it. */
    boolean mayHandle(TypeElement type) {
        return isHandlerClass(type)
                || (type.getKind().isClass() && type.getModifiers().contains(Modifier.ABSTRACT));
    }
}
