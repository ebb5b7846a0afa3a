package dev.weft.processor;

import dev.weft.processor.EndpointModel.Lost;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;

/** Finds the methods that one handler class has, its own and inherited ones. */
final class MethodsReader {
    private final Mirrors mirrors;
    private final TypeElement owner;
    private final List<ExecutableElement> all;

    MethodsReader(Mirrors mirrors, TypeElement owner) {
        this.mirrors = mirrors;
        this.owner = owner;
        this.all = withInherited(owner);
    }

    private List<ExecutableElement> withInherited(TypeElement type) {
        List<ExecutableElement> methods = new ArrayList<>();
        TypeMirror superclass = type.getSuperclass();
        if (superclass.getKind() != TypeKind.NONE && !superclass.toString().equals("java.lang.Object")) {
            methods.addAll(withInherited(mirrors.element((DeclaredType) superclass)));
        }
        methods.addAll(ElementFilter.methodsIn(type.getEnclosedElements()));
        return methods;
    }

    /** Returns the methods of the class and of its superclasses, those first, without overridden ones, in source order. */
    List<ExecutableElement> methods() {
        return all.stream()
                .filter(method -> overriding(method).findAny().isEmpty())
                .toList();
    }

    /** Returns the methods that are no handlers although what they override is one: annotations are not inherited. */
    List<Lost> lost(Place fallback) {
        Map<ExecutableElement, Lost> lost = new LinkedHashMap<>();
        for (ExecutableElement overridden : all) {
            Optional<String> annotation = annotation(overridden);
            Optional<ExecutableElement> last = overriding(overridden).reduce((first, second) -> second);
            if (annotation.isPresent()
                    && last.isPresent()
                    && annotation(last.get()).isEmpty()) {
                ExecutableElement method = last.get();
                String name = mirrors.owner(overridden) + "." + overridden.getSimpleName();
                lost.put(
                        method,
                        new Lost(mirrors.display(method), name, annotation.get(), mirrors.place(method, fallback)));
            }
        }
        return List.copyOf(lost.values());
    }

    private Stream<ExecutableElement> overriding(ExecutableElement method) {
        return all.stream().filter(each -> mirrors.elements().overrides(each, method, owner));
    }

    private Optional<String> annotation(ExecutableElement method) {
        return HandlerReader.ANNOTATIONS.entrySet().stream()
                .filter(entry -> mirrors.isAnnotated(method, entry.getValue()))
                .map(entry -> entry.getKey().annotation())
                .findFirst();
    }
}
