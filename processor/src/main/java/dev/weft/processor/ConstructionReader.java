package dev.weft.processor;

import dev.weft.annotation.Endpoint;
import dev.weft.annotation.WebSocketEndpoint;
import dev.weft.processor.EndpointModel.Construction;
import dev.weft.processor.EndpointModel.Dependency;
import dev.weft.processor.TypeName.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import org.jspecify.annotations.Nullable;

/** Reads which constructor makes an object and what it needs. */
final class ConstructionReader {
    private static final String CYCLE = "its constructor needs, in the end, itself";

    private final Mirrors mirrors;
    private final String packageName;

    /** Creates a reader for a provider in package {@code packageName}. */
    ConstructionReader(Mirrors mirrors, String packageName) {
        this.mirrors = mirrors;
        this.packageName = packageName;
    }

    Construction read(TypeElement type, Place place) {
        return read(type, place, List.of());
    }

    private Construction read(TypeElement type, Place place, List<TypeElement> waiting) {
        Named name = mirrors.name(type);
        String obstacle = waiting.contains(type) ? CYCLE : classObstacle(type);
        if (obstacle != null) {
            return Construction.impossible(name, obstacle, place);
        }
        List<ExecutableElement> candidates = candidates(type);
        if (candidates.size() != 1) {
            int count = ElementFilter.constructorsIn(type.getEnclosedElements()).size();
            String found = "it has " + count + " constructors; mark exactly one with @Inject";
            return Construction.impossible(name, found, place);
        }
        ExecutableElement constructor = candidates.getFirst();
        List<TypeElement> path = new ArrayList<>(waiting);
        path.add(type);
        List<Dependency> dependencies = new ArrayList<>();
        for (VariableElement parameter : constructor.getParameters()) {
            dependencies.add(dependency(parameter, place, path));
        }
        return new Construction(
                name,
                dependencies,
                constructorObstacle(type, constructor, dependencies),
                new InjectionReader(mirrors).read(type, constructor, place),
                mirrors.elements().isDeprecated(constructor),
                place);
    }

    private @Nullable String classObstacle(TypeElement type) {
        boolean inner = type.getEnclosingElement() instanceof TypeElement
                && !type.getModifiers().contains(Modifier.STATIC);
        if (type.getKind() != ElementKind.CLASS && type.getKind() != ElementKind.RECORD) {
            return "it is " + (type.getKind() == ElementKind.ENUM ? "an enum" : "an interface") + "; make it a class";
        } else if (type.getModifiers().contains(Modifier.ABSTRACT)) {
            return "it is abstract";
        } else if (inner) {
            return "it is an inner class; make it static";
        } else if (!type.getTypeParameters().isEmpty()) {
            return "it has type parameters, and nothing says what they are";
        }
        return mirrors.opening(type, packageName)
                .map(opening -> "the generated code cannot name it; " + opening)
                .orElse(null);
    }

    /** Returns the constructors marked for injection; if none is, all of them. */
    private List<ExecutableElement> candidates(TypeElement type) {
        List<ExecutableElement> all = ElementFilter.constructorsIn(type.getEnclosedElements());
        List<ExecutableElement> marked = all.stream()
                .filter(each -> mirrors.annotation(each, RuntimeTypes.INJECT.qualified())
                        .isPresent())
                .toList();
        return marked.isEmpty() ? all : marked;
    }

    private @Nullable String constructorObstacle(
            TypeElement type, ExecutableElement constructor, List<Dependency> dependencies) {
        boolean samePackage = mirrors.packageOf(type).equals(packageName);
        if (!mirrors.isAccessible(constructor, samePackage)) {
            return "the generated code cannot call its constructor; make it " + Mirrors.access(samePackage);
        }
        for (TypeMirror thrown : constructor.getThrownTypes()) {
            if (!mirrors.isSubtype(thrown, "java.lang.RuntimeException")
                    && !mirrors.isSubtype(thrown, "java.lang.Error")) {
                return "its constructor throws " + mirrors.name(thrown).display()
                        + "; catch it there, or create the object yourself and provide it to the builder";
            }
        }
        for (VariableElement parameter : constructor.getParameters()) {
            Optional<String> opening = mirrors.opening(parameter.asType(), packageName);
            if (opening.isPresent()) {
                return "the generated code cannot name "
                        + mirrors.name(parameter.asType()).display() + ", which its constructor takes; "
                        + opening.get();
            }
        }
        if (dependencies.stream().anyMatch(ConstructionReader::isCircular)) {
            return CYCLE;
        }
        return dependencies.stream()
                .filter(dependency -> !dependency.type().hasClassLiteral())
                .findFirst()
                .map(dependency -> "its constructor takes " + dependency.type().display() + " " + dependency.parameter()
                        + ", but objects are found by class; wrap it in a class of its own")
                .orElse(null);
    }

    private Dependency dependency(VariableElement parameter, Place place, List<TypeElement> waiting) {
        TypeMirror type = parameter.asType();
        boolean lazy = mirrors.is(type, RuntimeTypes.PROVIDER)
                && ((DeclaredType) type).getTypeArguments().size() == 1;
        TypeMirror needed = lazy ? ((DeclaredType) type).getTypeArguments().getFirst() : type;
        String name = mirrors.annotation(parameter, RuntimeTypes.NAMED.qualified())
                .map(annotation -> mirrors.value(annotation, "value").getValue().toString())
                .orElse(null);
        boolean ours = !lazy && name == null && isOurs(needed);
        Construction created = ours ? read(mirrors.element((DeclaredType) needed), place, waiting) : null;
        boolean usable = created != null
                && (created.obstacle() == null || created.obstacle().equals(CYCLE));
        return new Dependency(parameter.getSimpleName().toString(), boxed(needed), name, lazy, usable ? created : null);
    }

    private static boolean isCircular(Dependency dependency) {
        return dependency.created() != null && CYCLE.equals(dependency.created().obstacle());
    }

    private TypeName boxed(TypeMirror type) {
        return type.getKind().isPrimitive()
                ? mirrors.name(mirrors.types().boxedClass(mirrors.types().getPrimitiveType(type.getKind())))
                : mirrors.name(type);
    }

    /** Returns whether a parameter is a handler class or an authorizer, which are created without being provided. */
    private boolean isOurs(TypeMirror type) {
        if (!(type instanceof DeclaredType declared)
                || !declared.getTypeArguments().isEmpty()) {
            return false;
        }
        Element element = mirrors.element(declared);
        return mirrors.isAnnotated(element, Endpoint.class)
                || mirrors.isAnnotated(element, WebSocketEndpoint.class)
                || (element.getKind() == ElementKind.CLASS
                        && !element.getModifiers().contains(Modifier.ABSTRACT)
                        && mirrors.isSubtype(type, RuntimeTypes.AUTHORIZER.qualified()));
    }
}
