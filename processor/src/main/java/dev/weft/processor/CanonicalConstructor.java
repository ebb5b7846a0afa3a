package dev.weft.processor;

import java.util.List;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/**
 * What matters of the constructor of a record that takes all its components.
 *
 * @param explicit whether it is written out; from a class file, which does not tell, it always seems to be
 */
record CanonicalConstructor(boolean explicit, boolean deprecated) {
    static CanonicalConstructor of(TypeElement type, Mirrors mirrors) {
        List<TypeMirror> components = type.getRecordComponents().stream()
                .map(component -> mirrors.types().erasure(component.asType()))
                .toList();
        for (ExecutableElement constructor : ElementFilter.constructorsIn(type.getEnclosedElements())) {
            if (takes(constructor, components, mirrors)) {
                Elements elements = mirrors.elements();
                boolean explicit = elements.getOrigin(constructor) == Elements.Origin.EXPLICIT;
                return new CanonicalConstructor(explicit, elements.isDeprecated(constructor));
            }
        }
        return new CanonicalConstructor(false, false);
    }

    private static boolean takes(ExecutableElement constructor, List<TypeMirror> components, Mirrors mirrors) {
        List<? extends VariableElement> parameters = constructor.getParameters();
        boolean same = parameters.size() == components.size();
        for (int i = 0; same && i < components.size(); i++) {
            TypeMirror type = mirrors.types().erasure(parameters.get(i).asType());
            same = mirrors.types().isSameType(type, components.get(i));
        }
        return same;
    }
}
