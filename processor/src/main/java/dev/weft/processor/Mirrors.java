package dev.weft.processor;

import dev.weft.processor.TypeName.Array;
import dev.weft.processor.TypeName.Named;
import dev.weft.processor.TypeName.Wildcard;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import javax.tools.JavaFileObject;

/** Questions about elements and types that every reader asks. */
final class Mirrors implements Surroundings {
    private final Elements elements;
    private final Types types;

    Mirrors(Elements elements, Types types) {
        this.elements = elements;
        this.types = types;
    }

    Elements elements() {
        return elements;
    }

    Types types() {
        return types;
    }

    /** Returns the annotation of type {@code name} on {@code element}. */
    Optional<AnnotationMirror> annotation(Element element, String name) {
        for (AnnotationMirror annotation : element.getAnnotationMirrors()) {
            if (element(annotation.getAnnotationType()).getQualifiedName().contentEquals(name)) {
                return Optional.of(annotation);
            }
        }
        return Optional.empty();
    }

    boolean isAnnotated(Element element, Class<?> annotation) {
        return annotation(element, annotation.getCanonicalName()).isPresent();
    }

    /** Returns value {@code name} of an annotation; what is not written has its default. */
    AnnotationValue value(AnnotationMirror annotation, String name) {
        for (Map.Entry<? extends ExecutableElement, ? extends AnnotationValue> entry :
                elements.getElementValuesWithDefaults(annotation).entrySet()) {
            if (entry.getKey().getSimpleName().contentEquals(name)) {
                if (entry.getValue().toString().equals("<error>")) { // a string literal would have its quotes
                    throw new UnresolvedTypeException(annotation.toString());
                }
                return entry.getValue();
            }
        }
        throw new UnresolvedTypeException(annotation.toString());
    }

    /** Returns where value {@code name} of an annotation is written; the annotation itself if it is not. */
    Place place(Element element, AnnotationMirror annotation, String name) {
        for (Map.Entry<? extends ExecutableElement, ? extends AnnotationValue> entry :
                annotation.getElementValues().entrySet()) {
            if (entry.getKey().getSimpleName().contentEquals(name)) {
                return new Place(element, annotation, entry.getValue());
            }
        }
        return new Place(element, annotation, null);
    }

    /** Returns whether a declaration or its type carries an annotation that is called Nullable, whoever's it is. */
    boolean isNullable(List<? extends AnnotationMirror> annotations) {
        return annotations.stream()
                .anyMatch(annotation -> annotation
                        .getAnnotationType()
                        .asElement()
                        .getSimpleName()
                        .contentEquals("Nullable"));
    }

    /** Returns {@code place}, or {@code fallback} if it lies in a class file, where the compiler cannot point. */
    Place place(Place place, Place fallback) {
        return hasSource(place.element()) ? place : fallback;
    }

    Place place(Element element, Place fallback) {
        return place(Place.of(element), fallback);
    }

    private boolean hasSource(Element element) {
        try {
            JavaFileObject file = elements.getFileObjectOf(element);
            return file == null || file.getKind() == JavaFileObject.Kind.SOURCE;
        } catch (UnsupportedOperationException e) {
            return true; // a compiler that does not tell
        }
    }

    /** Returns the class that declares {@code member}, as messages show it. */
    String owner(Element member) {
        return name((TypeElement) Objects.requireNonNull(member.getEnclosingElement()))
                .display();
    }

    /** Returns a method as messages show it: the class, the name and the parameter types. */
    String display(ExecutableElement method) {
        return owner(method) + "."
                + method.getSimpleName()
                + method.getParameters().stream()
                        .map(parameter -> name(parameter.asType()).display())
                        .collect(Collectors.joining(", ", "(", ")"));
    }

    TypeElement element(DeclaredType type) {
        if (type.getKind() == TypeKind.ERROR) {
            throw new UnresolvedTypeException(type.toString());
        }
        return (TypeElement) type.asElement();
    }

    boolean is(TypeMirror type, Named name) {
        return type.getKind() == TypeKind.DECLARED
                && element((DeclaredType) type).getQualifiedName().contentEquals(name.qualified());
    }

    boolean isSubtype(TypeMirror type, String qualified) {
        TypeElement supertype = elements.getTypeElement(qualified);
        return supertype != null && types.isSubtype(types.erasure(type), types.erasure(supertype.asType()));
    }

    String packageOf(Element element) {
        PackageElement owner = elements.getPackageOf(element);
        return owner.getQualifiedName().toString();
    }

    /** Returns what to change so that code in package {@code packageName} may name {@code element}; empty if it may. */
    Optional<String> opening(Element element, String packageName) {
        boolean samePackage = packageOf(element).equals(packageName);
        Optional<String> opening = Optional.empty();
        for (Element each = element; each instanceof TypeElement type; each = each.getEnclosingElement()) {
            if (!isAccessible(each, samePackage)) {
                opening = Optional.of("make " + name(type).display() + " " + access(samePackage));
            }
        }
        return opening;
    }

    /** Returns the least access with which generated code in the same package, or in another one, may use something. */
    static String access(boolean samePackage) {
        return samePackage ? "package-private" : "public";
    }

    /** Returns whether {@code member} may be called from the same package, or from another one. */
    boolean isAccessible(Element member, boolean samePackage) {
        return samePackage
                ? !member.getModifiers().contains(Modifier.PRIVATE)
                : member.getModifiers().contains(Modifier.PUBLIC);
    }

    /** Returns what to change so that code in {@code packageName} may write {@code type}, with all its arguments. */
    Optional<String> opening(TypeMirror type, String packageName) {
        return switch (type.getKind()) {
            case ARRAY -> opening(((ArrayType) type).getComponentType(), packageName);
            case DECLARED ->
                opening(element((DeclaredType) type), packageName)
                        .or(() -> first(((DeclaredType) type).getTypeArguments().stream(), packageName));
            case WILDCARD ->
                first(
                        Stream.of(((WildcardType) type).getExtendsBound(), ((WildcardType) type).getSuperBound())
                                .filter(Objects::nonNull),
                        packageName);
            default -> Optional.empty();
        };
    }

    private Optional<String> first(Stream<? extends TypeMirror> types, String packageName) {
        return types.flatMap(type -> opening(type, packageName).stream()).findFirst();
    }

    @Override
    public boolean exists(String qualified) {
        return elements.getTypeElement(qualified) != null;
    }

    @Override
    public boolean isDeprecated(String qualified) {
        for (Element each = elements.getTypeElement(qualified); each != null; each = each.getEnclosingElement()) {
            if (elements.isDeprecated(each)) {
                return true;
            }
        }
        return false;
    }

    Named name(TypeElement element) {
        String packageName = packageOf(element);
        String qualified = element.getQualifiedName().toString();
        return Named.of(packageName, packageName.isEmpty() ? qualified : qualified.substring(packageName.length() + 1));
    }

    /** Returns how a type is written. */
    TypeName name(TypeMirror type) {
        return switch (type.getKind()) {
            case ERROR -> throw new UnresolvedTypeException(type.toString());
            case DECLARED -> declared((DeclaredType) type);
            case ARRAY -> new Array(name(((ArrayType) type).getComponentType()));
            case WILDCARD -> wildcard((WildcardType) type);
            case TYPEVAR -> Named.of("", types.asElement(type).getSimpleName().toString());
            default -> Named.primitive(type.getKind().name().toLowerCase(java.util.Locale.ROOT));
        };
    }

    private TypeName declared(DeclaredType type) {
        Named raw = name(element(type));
        List<TypeName> arguments =
                type.getTypeArguments().stream().map(this::name).toList();
        return new Named(raw.packageName(), raw.name(), arguments);
    }

    private TypeName wildcard(WildcardType type) {
        if (type.getExtendsBound() != null) {
            return new Wildcard("? extends", name(type.getExtendsBound()));
        }
        return type.getSuperBound() != null
                ? new Wildcard("? super", name(type.getSuperBound()))
                : new Wildcard("?", null);
    }
}
