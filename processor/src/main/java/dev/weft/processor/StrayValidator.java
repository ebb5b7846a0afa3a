package dev.weft.processor;

import dev.weft.annotation.Authorize;
import dev.weft.annotation.MaxSize;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;

/** Finds annotations that nobody reads because what belongs to them is missing. */
final class StrayValidator {
    private final Mirrors mirrors;
    private final EndpointReader reader;

    StrayValidator(Mirrors mirrors, EndpointReader reader) {
        this.mirrors = mirrors;
        this.reader = reader;
    }

    /** Returns the mistakes; a method has at most one, however many of {@code annotations} it carries. */
    List<Problem> validate(RoundEnvironment round, List<Class<? extends Annotation>> annotations) {
        List<Problem> problems = new ArrayList<>();
        Set<Element> seen = new LinkedHashSet<>();
        for (Class<? extends Annotation> annotation : annotations) {
            for (Element method : round.getElementsAnnotatedWith(annotation)) {
                if (seen.add(method)) {
                    check(method, annotation, problems);
                }
            }
        }
        for (Element type : round.getElementsAnnotatedWith(Authorize.class)) {
            if (type instanceof TypeElement element && !reader.isHandlerClass(element)) {
                problems.add(Problem.error(
                        104,
                        place(type, Authorize.class),
                        "@Authorize has no effect on " + mirrors.name(element).display() + ", which has no @Endpoint"));
            }
        }
        return problems;
    }

    private void check(Element method, Class<? extends Annotation> annotation, List<Problem> problems) {
        if (!(method.getEnclosingElement() instanceof TypeElement owner)) {
            return;
        }
        String name = name(method);
        if (annotation == MaxSize.class) {
            problems.add(Problem.error(
                    104, place(method, annotation), "@MaxSize has no effect on " + name + ", which has no @OnMessage"));
        } else if (!reader.mayHandle(owner)) {
            problems.add(Problem.error(
                    104,
                    place(method, annotation),
                    "%s is never registered: %s has no @Endpoint; %s"
                            .formatted(name, mirrors.name(owner).display(), remedy(owner))));
        }
    }

    private String remedy(TypeElement owner) {
        return owner.getKind() == ElementKind.CLASS
                ? "annotate " + mirrors.name(owner).display()
                        + " with @Endpoint, or make it abstract if handler classes extend it"
                : "move it into a class that has";
    }

    private String name(Element method) {
        try {
            return mirrors.display((ExecutableElement) method);
        } catch (UnresolvedTypeException e) {
            return mirrors.owner(method) + "." + method.getSimpleName(); // this mistake needs no other round
        }
    }

    private Place place(Element element, Class<? extends Annotation> annotation) {
        return new Place(
                element,
                mirrors.annotation(element, annotation.getCanonicalName()).orElse(null),
                null);
    }
}
