package dev.weft.processor;

import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import org.jspecify.annotations.Nullable;

/**
 * Where in the user's source something stands, as precisely as the compiler can point at it.
 *
 * @param element the declaration
 * @param annotation the annotation on it, or null to point at the declaration
 * @param value the value in the annotation, or null to point at the annotation
 */
record Place(
        Element element,
        @Nullable AnnotationMirror annotation,
        @Nullable AnnotationValue value) {
    static Place of(Element element) {
        return new Place(element, null, null);
    }
}
