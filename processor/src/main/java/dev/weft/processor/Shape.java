package dev.weft.processor;

import dev.weft.processor.EndpointModel.Unchecked;
import dev.weft.processor.TypeName.Named;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a Java type is read from a payload. Records and sealed interfaces are defined once, in {@link Definition}. */
sealed interface Shape {
    /**
     * One call of the reader.
     *
     * @param type the declared type; a primitive or its box, String, Instant, UUID
     * @param method the method of the reader
     */
    record Scalar(Named type, String method) implements Shape {}

    /**
     * Binary.
     *
     * @param conversion what follows {@code readBytes()} to make a {@code type} of it
     */
    record Binary(TypeName type, String conversion) implements Shape {}

    /** An enum. */
    record Constant(Named type) implements Shape {}

    /** Object: whatever comes. */
    record Untyped() implements Shape {}

    /** A JSON tree. */
    record Tree() implements Shape {}

    /** A type that only data binding reads. */
    record Bound(TypeName type) implements Shape {}

    /** A record or a sealed interface of records. */
    record Structure(Named type) implements Shape {}

    /** A List or a Set. */
    record Sequence(Class<?> collection, Shape element) implements Shape {}

    /** A Map with names as keys. */
    record Mapping(Shape value) implements Shape {}

    /** An Optional. */
    record Maybe(Shape value) implements Shape {}

    /** A type that is annotated Nullable. */
    record Absentable(Shape value) implements Shape {}

    /**
     * A type that no payload has.
     *
     * @param reason what is wrong with {@code type}, and a remedy
     */
    record Unreadable(TypeName type, String reason) implements Shape {}

    /** What a {@link Structure} refers to. */
    sealed interface Definition {
        /**
         * A record.
         *
         * @param checked whether its constructor is written out, so that it may refuse what it gets
         * @param deprecated whether calling its constructor gives a warning
         */
        record Product(Named type, List<Component> components, boolean checked, boolean deprecated)
                implements Definition {}

        /**
         * A sealed interface; member {@code type} of the payload says which record comes.
         *
         * @param flaw why it cannot be read, with a remedy, or null
         */
        record Sum(
                Named type, List<Option> options, @Nullable String flaw, Place place) implements Definition {}

        Named type();
    }

    /** A record component. */
    record Component(String name, Shape shape, List<Unchecked> constraints, Place place) {}

    /** One record of a sealed interface. */
    record Option(String tag, Named type) {}

    /** Returns whether an absent value is no mistake. */
    default boolean isOptional() {
        return this instanceof Maybe || this instanceof Absentable;
    }

    /** Returns the part of this shape that no payload has, or this shape itself. */
    default Shape weakest() {
        return switch (this) {
            case Sequence sequence -> sequence.element().weakest();
            case Mapping mapping -> mapping.value().weakest();
            case Maybe maybe -> maybe.value().weakest();
            case Absentable absentable -> absentable.value().weakest();
            default -> this;
        };
    }
}
