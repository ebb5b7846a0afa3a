package dev.weft.processor;

import dev.weft.annotation.Json;
import dev.weft.processor.Shape.Absentable;
import dev.weft.processor.Shape.Binary;
import dev.weft.processor.Shape.Bound;
import dev.weft.processor.Shape.Component;
import dev.weft.processor.Shape.Constant;
import dev.weft.processor.Shape.Definition;
import dev.weft.processor.Shape.Definition.Product;
import dev.weft.processor.Shape.Definition.Sum;
import dev.weft.processor.Shape.Mapping;
import dev.weft.processor.Shape.Maybe;
import dev.weft.processor.Shape.Option;
import dev.weft.processor.Shape.Scalar;
import dev.weft.processor.Shape.Sequence;
import dev.weft.processor.Shape.Structure;
import dev.weft.processor.Shape.Tree;
import dev.weft.processor.Shape.Unreadable;
import dev.weft.processor.Shape.Untyped;
import dev.weft.processor.TypeName.Array;
import dev.weft.processor.TypeName.Named;
import dev.weft.processor.TypeName.Wildcard;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** Reads how the types of one handler class are read from payloads, and collects the records they are made of. */
final class ShapeReader {
    private static final String REMEDY = "cannot be read from a packet; use a record, enum, primitive, String, byte[],"
            + " Instant, UUID, JsonNode, or a List, Set, Optional or Map<String, …> of those, or annotate it with"
            + " @Json";

    private static final String HIDDEN = "cannot be named by the generated dispatcher; ";

    private static final Map<String, Shape> SIMPLE = Map.ofEntries(
            scalar("java.lang", "Boolean", "readBoolean"),
            scalar("java.lang", "Byte", "readByte"),
            scalar("java.lang", "Short", "readShort"),
            scalar("java.lang", "Integer", "readInt"),
            scalar("java.lang", "Long", "readLong"),
            scalar("java.lang", "Float", "readFloat"),
            scalar("java.lang", "Double", "readDouble"),
            scalar("java.lang", "Character", "readChar"),
            scalar("java.lang", "String", "readString"),
            scalar("java.time", "Instant", "readInstant"),
            scalar("java.util", "UUID", "readUuid"),
            Map.entry("java.lang.Object", new Untyped()),
            Map.entry("java.nio.ByteBuffer", new Binary(Named.of(ByteBuffer.class), ".asByteBuffer()")),
            Map.entry(RuntimeTypes.BYTES.qualified(), new Binary(RuntimeTypes.BYTES, "")),
            Map.entry(RuntimeTypes.JSON_NODE.qualified(), new Tree()));

    private final Mirrors mirrors;
    private final ConstraintReader constraints;
    private final String packageName;
    private final Map<String, Definition> definitions = new LinkedHashMap<>();

    /** Where to point for what lies in class files; set before anything is read. */
    private @Nullable Place fallback;

    /** Creates a reader for a dispatcher in package {@code packageName}. */
    ShapeReader(Mirrors mirrors, String packageName) {
        this.mirrors = mirrors;
        this.constraints = new ConstraintReader(mirrors);
        this.packageName = packageName;
    }

    /** Returns the records and sealed interfaces that were read so far. */
    List<Definition> definitions() {
        return List.copyOf(definitions.values());
    }

    /** Reads the type of a parameter, which stands at {@code place}. */
    Shape read(TypeMirror type, VariableElement parameter, Place place) {
        fallback = place;
        return read(type, parameter);
    }

    private Place place(Element element) {
        return mirrors.place(element, Objects.requireNonNull(fallback));
    }

    /** Reads the type of a parameter or record component, whose own annotations count. */
    private Shape read(TypeMirror type, Element declaration) {
        Shape shape = mirrors.isAnnotated(declaration, Json.class) ? bound(type) : read(type);
        boolean nullable = mirrors.isNullable(declaration.getAnnotationMirrors())
                || mirrors.isNullable(declaration.asType().getAnnotationMirrors());
        return nullable ? absentable(shape) : shape;
    }

    private Shape read(TypeMirror type) {
        return switch (type.getKind()) {
            case BOOLEAN, BYTE, SHORT, INT, LONG, FLOAT, DOUBLE, CHAR -> primitive(type.getKind());
            case ARRAY -> array(mirrors.name(type));
            case DECLARED -> declared((DeclaredType) type);
            default -> new Unreadable(mirrors.name(type), REMEDY);
        };
    }

    /** Data binding reads a primitive as generated code does. */
    private Shape bound(TypeMirror type) {
        if (type.getKind().isPrimitive()) {
            return primitive(type.getKind());
        }
        return mirrors.opening(type, packageName)
                .<Shape>map(opening -> new Unreadable(mirrors.name(type), HIDDEN + opening))
                .orElseGet(() -> new Bound(mirrors.name(type)));
    }

    private static Shape primitive(TypeKind kind) {
        String keyword = kind.name().toLowerCase(Locale.ROOT);
        String capital = keyword.substring(0, 1).toUpperCase(Locale.ROOT) + keyword.substring(1);
        return new Scalar(Named.primitive(keyword), "read" + capital);
    }

    private static Shape array(TypeName type) {
        return type.equals(new Array(Named.primitive("byte")))
                ? new Binary(type, ".toByteArray()")
                : new Unreadable(type, "is an array, which cannot be read from a packet; use a List");
    }

    private Shape declared(DeclaredType type) {
        TypeElement element = mirrors.element(type);
        if (mirrors.isAnnotated(element, Json.class)) {
            return bound(type);
        }
        String qualified = element.getQualifiedName().toString();
        Shape simple = SIMPLE.get(qualified);
        if (simple != null) {
            return simple;
        }
        if (type.getTypeArguments().stream().anyMatch(argument -> argument.getKind() == TypeKind.WILDCARD)) {
            return wildcard((Named) mirrors.name(type));
        }
        return switch (qualified) {
            case "java.util.List" -> collection(List.class, type);
            case "java.util.Set" -> collection(Set.class, type);
            case "java.util.Optional" -> optional(type);
            case "java.util.Map" -> map(type);
            default -> own(type, element);
        };
    }

    private static Shape wildcard(Named type) {
        TypeName[] bounds = type.arguments().stream().map(ShapeReader::bound).toArray(TypeName[]::new);
        String plain = type.with(bounds).display();
        return new Unreadable(type, "has a wildcard, which a packet does not fill in; write " + plain);
    }

    private static TypeName bound(TypeName argument) {
        if (argument instanceof Wildcard wildcard) {
            return wildcard.bound() == null ? Named.of(Object.class) : wildcard.bound();
        }
        return argument;
    }

    private Shape collection(Class<?> collection, DeclaredType type) {
        return type.getTypeArguments().isEmpty() ? untyped(type) : new Sequence(collection, argument(type, 0));
    }

    private Shape optional(DeclaredType type) {
        return type.getTypeArguments().isEmpty() ? untyped(type) : new Maybe(argument(type, 0));
    }

    private Shape untyped(DeclaredType type) {
        return new Unreadable(mirrors.name(type), "does not say what it holds; add a type argument");
    }

    private Shape map(DeclaredType type) {
        if (type.getTypeArguments().isEmpty()) {
            return untyped(type);
        }
        boolean named = mirrors.is(type.getTypeArguments().getFirst(), Named.of(String.class));
        return named ? new Mapping(argument(type, 1)) : new Unreadable(mirrors.name(type), REMEDY);
    }

    private Shape argument(DeclaredType type, int index) {
        TypeMirror argument = type.getTypeArguments().get(index);
        Shape shape = read(argument);
        return mirrors.isNullable(argument.getAnnotationMirrors()) ? absentable(shape) : shape;
    }

    /** A primitive cannot be null whatever is written on it, and an Optional has a value for absence already. */
    private static Shape absentable(Shape shape) {
        boolean primitive =
                shape instanceof Scalar scalar && scalar.type().packageName().isEmpty();
        return primitive || shape.isOptional() ? shape : new Absentable(shape);
    }

    /** Reads a type that the application declares. */
    private Shape own(DeclaredType type, TypeElement element) {
        Named name = mirrors.name(element);
        if (FrameworkTypes.isHome(name.packageName())) {
            return new Unreadable(name, FrameworkTypes.reason(name.last()));
        }
        boolean sealed = element.getKind() == ElementKind.INTERFACE
                && element.getModifiers().contains(Modifier.SEALED);
        if (element.getKind() != ElementKind.RECORD && element.getKind() != ElementKind.ENUM && !sealed) {
            return new Unreadable(mirrors.name(type), REMEDY);
        }
        Optional<String> opening = mirrors.opening(element, packageName);
        if (opening.isPresent()) {
            return new Unreadable(name, HIDDEN + opening.get());
        }
        if (element.getKind() == ElementKind.ENUM) {
            return new Constant(name);
        }
        if (!element.getTypeParameters().isEmpty()) {
            return new Unreadable(
                    mirrors.name(type), "has type parameters, which a packet does not fill in; annotate it with @Json");
        }
        return sealed ? sum(element, name) : product(element, name);
    }

    private Shape product(TypeElement element, Named name) {
        if (!definitions.containsKey(name.qualified())) {
            definitions.put(name.qualified(), new Product(name, List.of(), false, false));
            List<Component> components = new ArrayList<>();
            for (RecordComponentElement component : element.getRecordComponents()) {
                components.add(component(component));
            }
            CanonicalConstructor constructor = CanonicalConstructor.of(element, mirrors);
            Product product =
                    new Product(name, List.copyOf(components), constructor.explicit(), constructor.deprecated());
            definitions.put(name.qualified(), product);
        }
        return new Structure(name);
    }

    private Component component(RecordComponentElement component) {
        Shape shape = read(component.asType(), component);
        if (component.getAccessor() != null
                && mirrors.isNullable(component.getAccessor().getAnnotationMirrors())) {
            shape = absentable(shape);
        }
        return new Component(
                component.getSimpleName().toString(),
                shape,
                constraints.read(component, Objects.requireNonNull(fallback)),
                place(component));
    }

    private Shape sum(TypeElement element, Named name) {
        if (definitions.containsKey(name.qualified())) {
            return new Structure(name);
        }
        Place place = place(element);
        definitions.put(name.qualified(), new Sum(name, List.of(), null, place));
        Map<String, Option> options = new LinkedHashMap<>();
        Set<TypeElement> leaves = new LinkedHashSet<>();
        collectLeaves(element, new HashSet<>(), leaves);
        for (TypeElement leaf : leaves) {
            Shape shape = own((DeclaredType) leaf.asType(), leaf);
            if (!(shape instanceof Structure structure)) {
                String reason = leaf.getKind() == ElementKind.RECORD && shape instanceof Unreadable unreadable
                        ? unreadable.reason()
                        : "is no record; permit records only";
                return flawed(name, "permits " + mirrors.name(leaf).display() + ", which " + reason, place);
            }
            String simple = structure.type().last();
            String tag = simple.substring(0, 1).toLowerCase(Locale.ROOT) + simple.substring(1);
            if (options.put(tag, new Option(tag, structure.type())) != null) {
                String reason = "permits two records with the tag \"" + tag + "\"; give them different simple names";
                return flawed(name, reason, place);
            }
        }
        definitions.put(name.qualified(), new Sum(name, List.copyOf(options.values()), null, place));
        return new Structure(name);
    }

    /** The mistake is that of the interface, not of every parameter with this type. */
    private Shape flawed(Named name, String flaw, Place place) {
        definitions.put(name.qualified(), new Sum(name, List.of(), flaw, place));
        return new Structure(name);
    }

    /** A record may be permitted by several sealed interfaces under one. */
    private void collectLeaves(TypeElement sealed, Set<TypeElement> seen, Set<TypeElement> leaves) {
        if (!seen.add(sealed)) {
            return;
        }
        for (TypeMirror permitted : sealed.getPermittedSubclasses()) {
            TypeElement element = mirrors.element((DeclaredType) permitted);
            if (element.getKind() == ElementKind.INTERFACE
                    && element.getModifiers().contains(Modifier.SEALED)) {
                collectLeaves(element, seen, leaves);
            } else {
                leaves.add(element);
            }
        }
    }

    private static Map.Entry<String, Shape> scalar(String packageName, String name, String method) {
        Named type = Named.of(packageName, name);
        return Map.entry(type.qualified(), new Scalar(type, method));
    }
}
