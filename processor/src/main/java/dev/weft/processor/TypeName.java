package dev.weft.processor;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A type as it is written in source. */
sealed interface TypeName {
    /**
     * A primitive, a class or an interface.
     *
     * @param packageName empty for primitives and the unnamed package
     * @param name the simple name; of a nested type, with the names around it: {@code Outer.Inner}
     * @param arguments the type arguments
     */
    record Named(String packageName, String name, List<TypeName> arguments) implements TypeName {
        /** Returns the type that {@link Class#forName} finds under the same package and simple name. */
        static Named of(Class<?> type) {
            return of(type.getPackageName(), type.getSimpleName());
        }

        static Named of(String packageName, String name) {
            return new Named(packageName, name, List.of());
        }

        static Named primitive(String keyword) {
            return of("", keyword);
        }

        Named with(TypeName... typeArguments) {
            return new Named(packageName, name, List.of(typeArguments));
        }

        /** Returns the canonical name. */
        String qualified() {
            return packageName.isEmpty() ? name : packageName + "." + name;
        }

        /** Returns the name of the top-level class. */
        String outermost() {
            int dot = name.indexOf('.');
            return dot < 0 ? name : name.substring(0, dot);
        }

        /** Returns the name without those around it. */
        String last() {
            return name.substring(name.lastIndexOf('.') + 1);
        }

        @Override
        public String display() {
            return name
                    + (arguments.isEmpty()
                            ? ""
                            : arguments.stream().map(TypeName::display).collect(Collectors.joining(", ", "<", ">")));
        }
    }

    /** An array. */
    record Array(TypeName component) implements TypeName {
        @Override
        public String display() {
            return component.display() + "[]";
        }
    }

    /**
     * A wildcard.
     *
     * @param keyword {@code ?}, or {@code ? extends} or {@code ? super} before a bound
     */
    record Wildcard(String keyword, @Nullable TypeName bound) implements TypeName {
        @Override
        public String display() {
            return bound == null ? keyword : keyword + " " + bound.display();
        }
    }

    /** Returns the type without packages, as messages show it. */
    String display();

    /** Returns whether a class literal of the type says all there is to say of it. */
    default boolean hasClassLiteral() {
        return switch (this) {
            case Named named -> named.arguments().isEmpty();
            case Array array -> array.component().hasClassLiteral();
            case Wildcard wildcard -> false;
        };
    }
}
