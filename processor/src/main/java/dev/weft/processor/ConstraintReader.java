package dev.weft.processor;

import dev.weft.processor.EndpointModel.Unchecked;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;

/** Reads the annotations of {@code jakarta.validation} that users might take for checks. */
final class ConstraintReader {
    private static final String PACKAGE = "jakarta.validation";

    private final Mirrors mirrors;

    ConstraintReader(Mirrors mirrors) {
        this.mirrors = mirrors;
    }

    /**
     * Returns the constraints on a parameter or record component and on the parts of its type, each kind once.
     *
     * @param fallback where to point if there is no source
     */
    List<Unchecked> read(Element declaration, Place fallback) {
        Map<String, Unchecked> found = new LinkedHashMap<>();
        for (Element each : carriers(declaration)) {
            List<AnnotationMirror> annotations = new ArrayList<>(each.getAnnotationMirrors());
            collect(each.asType(), annotations);
            for (AnnotationMirror annotation : annotations) {
                if (isConstraint(annotation)) {
                    String name = annotation
                            .getAnnotationType()
                            .asElement()
                            .getSimpleName()
                            .toString();
                    Place place = mirrors.place(new Place(declaration, annotation, null), fallback);
                    String of = place.equals(fallback) ? " of " + name(declaration) : "";
                    found.putIfAbsent(name, new Unchecked(name + of, place));
                }
            }
        }
        return List.copyOf(found.values());
    }

    private String name(Element declaration) {
        return declaration.getKind() == ElementKind.RECORD_COMPONENT
                ? mirrors.owner(declaration) + "." + declaration
                : declaration.toString();
    }

    /** What is written on a record component lands where the annotation is allowed: often only on its field. */
    private static List<Element> carriers(Element declaration) {
        List<Element> carriers = new ArrayList<>(List.of(declaration));
        if (declaration instanceof RecordComponentElement component
                && component.getEnclosingElement() instanceof TypeElement type) {
            ElementFilter.fieldsIn(type.getEnclosedElements()).stream()
                    .filter(field -> field.getSimpleName().equals(component.getSimpleName()))
                    .forEach(carriers::add);
            if (component.getAccessor() != null) {
                carriers.add(component.getAccessor());
            }
        }
        return carriers;
    }

    private static void collect(TypeMirror type, List<AnnotationMirror> annotations) {
        annotations.addAll(type.getAnnotationMirrors());
        if (type instanceof DeclaredType declared) {
            declared.getTypeArguments().forEach(argument -> collect(argument, annotations));
        } else if (type instanceof ArrayType array) {
            collect(array.getComponentType(), annotations);
        }
    }

    private boolean isConstraint(AnnotationMirror annotation) {
        Element type = annotation.getAnnotationType().asElement();
        String packageName = mirrors.packageOf(type);
        return packageName.equals(PACKAGE)
                || packageName.equals(PACKAGE + ".constraints")
                || mirrors.annotation(type, PACKAGE + ".Constraint").isPresent();
    }
}
