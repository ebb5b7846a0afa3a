package dev.weft.processor;

import dev.weft.processor.EndpointModel.Misplaced;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** Reads annotations of {@code jakarta.inject} that have no effect, because only constructors are injected. */
final class InjectionReader {
    private final Mirrors mirrors;

    InjectionReader(Mirrors mirrors) {
        this.mirrors = mirrors;
    }

    /**
     * Returns what has no effect on objects of {@code type} that {@code constructor} makes.
     *
     * @param fallback where to point if there is no source
     */
    List<Misplaced> read(TypeElement type, ExecutableElement constructor, Place fallback) {
        List<Misplaced> misplaced = new ArrayList<>();
        members(type, fallback, misplaced);
        for (VariableElement parameter : constructor.getParameters()) {
            qualifier(parameter).ifPresent(annotation -> {
                String name = annotation
                        .getAnnotationType()
                        .asElement()
                        .getSimpleName()
                        .toString();
                misplaced.add(new Misplaced(
                        "@" + name + " is a qualifier, which Weft does not know; use @Named",
                        mirrors.place(new Place(parameter, annotation, null), fallback)));
            });
        }
        return List.copyOf(misplaced);
    }

    private void members(TypeElement type, Place fallback, List<Misplaced> misplaced) {
        TypeMirror superclass = type.getSuperclass();
        if (superclass.getKind() != TypeKind.NONE) {
            members(mirrors.element((DeclaredType) superclass), fallback, misplaced);
        }
        for (Element member : type.getEnclosedElements()) {
            boolean field = member.getKind() == ElementKind.FIELD;
            Optional<AnnotationMirror> inject = mirrors.annotation(member, RuntimeTypes.INJECT.qualified());
            if (inject.isPresent() && (field || member.getKind() == ElementKind.METHOD)) {
                Place place = mirrors.place(new Place(member, inject.get(), null), fallback);
                String owner = place.equals(fallback) ? mirrors.name(type).display() + "." : "";
                misplaced.add(new Misplaced(
                        "%s %s%s has @Inject, which only constructors may have; take %s in the constructor"
                                .formatted(
                                        field ? "field" : "method",
                                        owner,
                                        member.getSimpleName(),
                                        field ? "it" : "what it takes"),
                        place));
            }
        }
    }

    private Optional<? extends AnnotationMirror> qualifier(VariableElement parameter) {
        return parameter.getAnnotationMirrors().stream()
                .filter(annotation -> !mirrors.is(annotation.getAnnotationType(), RuntimeTypes.NAMED))
                .filter(annotation -> mirrors.annotation(
                                annotation.getAnnotationType().asElement(), RuntimeTypes.QUALIFIER.qualified())
                        .isPresent())
                .findFirst();
    }
}
