package dev.weft.processor;

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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes the code that reads values: expressions, and the methods that those call. The reader is always {@code in}. */
final class ShapeWriter {
    private static final String NOT_NULL = """
        if (in.tryNull()) {
            throw in.bad("required");
        }\
        """;

    private static final Map<String, Named> BOXES = Map.of(
            "boolean", Named.of(Boolean.class),
            "byte", Named.of(Byte.class),
            "short", Named.of(Short.class),
            "int", Named.of(Integer.class),
            "long", Named.of(Long.class),
            "float", Named.of(Float.class),
            "double", Named.of(Double.class),
            "char", Named.of(Character.class));

    private final SourceWriter source;
    private final Map<Named, Definition> definitions = new HashMap<>();
    private final Map<Shape, String> methods = new HashMap<>();
    private final Deque<Shape> pending = new ArrayDeque<>();
    private final Names names;

    /**
     * Creates a writer that adds methods to {@code source}.
     *
     * @param names the names of methods
     */
    ShapeWriter(SourceWriter source, List<Definition> definitions, Names names) {
        this.source = source;
        this.names = names;
        definitions.forEach(definition -> this.definitions.put(definition.type(), definition));
    }

    /** Returns the declared type of a value. */
    TypeName type(Shape shape) {
        return switch (shape) {
            case Scalar scalar -> scalar.type();
            case Binary binary -> binary.type();
            case Constant constant -> constant.type();
            case Untyped untyped -> Named.of(Object.class);
            case Tree tree -> RuntimeTypes.JSON_NODE;
            case Bound bound -> bound.type();
            case Structure structure -> structure.type();
            case Sequence sequence -> Named.of(sequence.collection()).with(boxed(sequence.element()));
            case Mapping mapping -> Named.of(Map.class).with(Named.of(String.class), boxed(mapping.value()));
            case Maybe maybe -> Named.of(Optional.class).with(boxed(maybe.value()));
            case Absentable absentable -> type(absentable.value());
            case Unreadable unreadable -> unreadable.type();
        };
    }

    private TypeName boxed(Shape shape) {
        return shape instanceof Scalar scalar
                ? BOXES.getOrDefault(scalar.type().qualified(), scalar.type())
                : type(shape);
    }

    /**
     * Returns an expression that reads a value, which may not be null unless its shape says so.
     *
     * @param in an expression for the reader, used once
     */
    String read(Shape shape, String in) {
        return switch (shape) {
            case Untyped untyped -> method(shape) + "(" + in + ")";
            case Tree tree -> method(shape) + "(" + in + ")";
            case Maybe maybe -> "%s.tryNull() ? %s : %s".formatted(in, absent(shape), present(shape));
            case Absentable absentable -> "%s.tryNull() ? %s : %s".formatted(in, absent(shape), present(shape));
            default -> readPresent(shape, in);
        };
    }

    /** Returns the value of an optional shape that has none. */
    String absent(Shape shape) {
        return shape instanceof Maybe ? source.use(Optional.class) + ".empty()" : "null";
    }

    /** Returns an expression that reads the value of an optional shape that has one. */
    String present(Shape shape) {
        return switch (shape) {
            case Maybe maybe -> source.use(Optional.class) + ".of(" + readPresent(maybe.value(), "in") + ")";
            case Absentable absentable -> readPresent(absentable.value(), "in");
            default -> throw new IllegalArgumentException(shape.toString());
        };
    }

    /** Returns an expression that reads a value that is known not to be null, or is free to be. */
    private String readPresent(Shape shape, String in) {
        return switch (shape) {
            case Scalar scalar -> in + "." + scalar.method() + "()";
            case Binary binary -> in + ".readBytes()" + binary.conversion();
            case Constant constant -> in + ".readEnum(" + source.use(constant.type()) + ".class)";
            case Untyped untyped -> in + ".readAny()";
            case Tree tree -> in + ".readTree()";
            case Bound bound -> readBound(bound.type(), in);
            case Structure structure -> method(shape) + "(" + in + ")";
            case Sequence sequence -> method(shape) + "(" + in + ")";
            case Mapping mapping -> method(shape) + "(" + in + ")";
            case Maybe maybe -> read(shape, in);
            case Absentable absentable -> read(shape, in);
            case Unreadable unreadable -> throw new IllegalArgumentException(unreadable.toString());
        };
    }

    private String readBound(TypeName type, String in) {
        return type.hasClassLiteral()
                ? in + ".readAs(" + source.use(type) + ".class)"
                : in + ".readAs(new " + source.use(RuntimeTypes.TYPE_REFERENCE) + "<" + source.use(type) + ">() {})";
    }

    /** An element without a type of its own may be null: that is what untyped means. */
    private String readElement(Shape shape) {
        return shape instanceof Untyped || shape instanceof Tree ? readPresent(shape, "in") : read(shape, "in");
    }

    private String method(Shape shape) {
        return methods.computeIfAbsent(shape, key -> {
            pending.add(key);
            return names.take("read" + stem(key));
        });
    }

    private String stem(Shape shape) {
        return switch (shape) {
            case Sequence sequence ->
                stem(sequence.element()) + sequence.collection().getSimpleName();
            case Mapping mapping -> stem(mapping.value()) + "Map";
            case Maybe maybe -> "Optional" + stem(maybe.value());
            case Absentable absentable -> "Nullable" + stem(absentable.value());
            default -> stem(boxed(shape));
        };
    }

    private static String stem(TypeName type) {
        return switch (type) {
            case Named named ->
                named.arguments().stream().map(ShapeWriter::stem).collect(Collectors.joining()) + named.last();
            case Array array -> Names.upper(stem(array.component())) + "Array";
            case TypeName.Wildcard wildcard -> wildcard.bound() == null ? "Any" : stem(wildcard.bound());
        };
    }

    /** Adds the methods that the expressions so far call, and those that these call. */
    void writeMethods() {
        for (Shape shape; (shape = pending.poll()) != null; ) {
            source.method(
                    "private static " + source.use(type(shape)) + " " + methods.get(shape),
                    List.of(source.use(RuntimeTypes.VALUE_READER) + " in"),
                    "",
                    body(shape));
        }
    }

    private List<String> body(Shape shape) {
        return switch (shape) {
            case Structure structure -> structure(Objects.requireNonNull(definitions.get(structure.type())));
            case Sequence sequence -> sequence(sequence);
            case Mapping mapping -> mapping(mapping);
            default -> List.of(NOT_NULL, "return " + readPresent(shape, "in") + ";");
        };
    }

    private List<String> structure(Definition definition) {
        return switch (definition) {
            case Product product -> product(product);
            case Sum sum -> sum(sum);
        };
    }

    private List<String> sequence(Sequence sequence) {
        Class<?> implementation = sequence.collection() == List.class ? ArrayList.class : LinkedHashSet.class;
        return List.of(
                "%s values = new %s<>();".formatted(source.use(type(sequence)), source.use(implementation)),
                "in.beginArray();",
                """
                while (in.hasNext()) {
                    values.add(%s);
                }
                return values;\
                """.formatted(readElement(sequence.element())));
    }

    private List<String> mapping(Mapping mapping) {
        return List.of(
                "%s values = new %s<>();".formatted(source.use(type(mapping)), source.use(LinkedHashMap.class)),
                "in.beginObject();",
                """
                for (String member; (member = in.nextName()) != null; ) {
                    values.put(member, %s);
                }
                return values;\
                """.formatted(readElement(mapping.value())));
    }

    private List<String> sum(Sum sum) {
        String cases = sum.options().stream()
                .map(option -> "case %s -> %s;"
                        .formatted(SourceWriter.literal(option.tag()), read(new Structure(option.type()), "in")))
                .collect(Collectors.joining("\n"));
        String tags = sum.options().stream().map(Option::tag).collect(Collectors.joining(", "));
        String failure = "default -> throw in.bad(" + SourceWriter.literal("type must be one of: " + tags) + ");";
        return List.of(
                "return switch (in.peekTag(\"type\")) {",
                SourceWriter.indent(cases),
                SourceWriter.indent(failure),
                "};");
    }

    private List<String> product(Product product) {
        Names scope = new Names("in", "member");
        List<Local> locals = new ArrayList<>();
        for (Component component : product.components()) {
            locals.add(new Local(component, scope.take(component.name())));
        }
        List<String> statements = new ArrayList<>();
        List<String> cases = new ArrayList<>();
        List<String> checks = new ArrayList<>();
        for (Local local : locals) {
            local(local, scope, statements, cases, checks);
        }
        statements.add("in.beginObject();");
        statements.add("for (String member; (member = in.nextName()) != null; ) {");
        if (cases.isEmpty()) {
            statements.add(SourceWriter.indent("in.skip();"));
        } else {
            cases.add("default -> in.skip();");
            String all = SourceWriter.indent(String.join("\n", cases));
            statements.add(SourceWriter.indent("switch (member) {\n" + all + "\n}"));
        }
        statements.add("}");
        statements.addAll(checks);
        List<String> arguments = locals.stream().map(Local::name).toList();
        if (product.deprecated()) {
            source.callsDeprecated();
        }
        String head = "return new " + source.use(product.type()) + "(";
        statements.add(
                product.checked()
                        ? checked(SourceWriter.call(12, head, arguments, ");"), scope.take("refusal"))
                        : SourceWriter.call(8, head, arguments, ");"));
        return statements;
    }

    /** What a constructor refuses is what data binding would refuse with the same words. */
    private String checked(String construction, String refusal) {
        return """
            try {
            %s
            } catch (%s %s) {
                throw in.bad(%3$s.getMessage() == null ? "not a valid value" : %3$s.getMessage());
            }\
            """.formatted(SourceWriter.indent(construction), source.use(IllegalArgumentException.class), refusal);
    }

    /** A component and the variable that holds its value until all have come. */
    private record Local(Component component, String name) {}

    private void local(Local local, Names scope, List<String> declarations, List<String> cases, List<String> checks) {
        Shape shape = local.component().shape();
        String name = local.name();
        String member = SourceWriter.literal(local.component().name());
        String read = name + " = " + read(shape, "in") + ";";
        String type = source.use(type(shape));
        if (shape instanceof Scalar scalar && BOXES.containsKey(scalar.type().qualified())) {
            String seen = scope.take("has" + Names.upper(name));
            declarations.add("%s %s = %s;".formatted(type, name, zero(type)));
            declarations.add("boolean %s = false;".formatted(seen));
            cases.add("case %s -> {\n    %s\n    %s = true;\n}".formatted(member, read, seen));
            checks.add("if (!%s) {\n    throw in.missing(%s);\n}".formatted(seen, member));
        } else {
            declarations.add("%s %s = %s;".formatted(type, name, absent(shape)));
            cases.add("case %s -> %s".formatted(member, read));
            if (!shape.isOptional()) {
                checks.add("if (%s == null) {\n    throw in.missing(%s);\n}".formatted(name, member));
            }
        }
    }

    private static String zero(String primitive) {
        return switch (primitive) {
            case "boolean" -> "false";
            case "char" -> "'\\0'";
            default -> "0";
        };
    }
}
