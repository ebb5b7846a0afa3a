package dev.weft.processor;

import dev.weft.processor.Shape.Definition;
import dev.weft.processor.TypeName.Named;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/**
 * One handler class.
 *
 * @param element the class, for the compiler's books of what was generated from what
 * @param address the namespace, or the path of a WebSocket endpoint
 * @param definitions the records and sealed interfaces that its payloads are made of, in order of first use
 * @param lost the methods that a superclass meant to be handlers
 * @param generated whether the class path has the standard annotation for generated code
 */
record EndpointModel(
        TypeElement element,
        Named type,
        Kind kind,
        Address address,
        List<Subprotocol> subprotocols,
        @Nullable Authorization authorization,
        Construction construction,
        List<Handler> handlers,
        List<Definition> definitions,
        List<Lost> lost,
        @Nullable Place secondKind,
        boolean generated) {

    /** What a handler class serves. */
    enum Kind {
        NAMESPACE,
        WEB_SOCKET
    }

    /** Where a handler class is reached. */
    record Address(String text, Place place) {}

    /** A subprotocol that a WebSocket endpoint speaks. */
    record Subprotocol(String name, Place place) {}

    /**
     * A method without annotation that overrides a handler.
     *
     * @param method its class, name and parameter types
     * @param overridden the class and name of the handler
     * @param annotation what the handler has
     */
    record Lost(String method, String overridden, String annotation, Place place) {}

    /** When a method is called; the annotation of that name says so. */
    enum Role {
        CONNECT("@OnConnect"),
        MESSAGE("@OnMessage"),
        DISCONNECT("@OnDisconnect"),
        ERROR("@OnError"),
        ANY("@OnAny");

        private final String annotation;

        Role(String annotation) {
            this.annotation = annotation;
        }

        String annotation() {
            return annotation;
        }
    }

    /** What a parameter receives. */
    enum Source {
        SOCKET("Socket"),
        HANDSHAKE("Handshake"),
        EVENT("Event"),
        PRINCIPAL("the principal"),
        ACK("Ack"),
        DISCONNECT_REASON("DisconnectReason"),
        EXCEPTION("an exception"),
        WEB_SOCKET("WebSocket"),
        MESSAGE("Message"),
        CLOSE_CODE("CloseCode"),
        PAYLOAD("packet arguments");

        private final String display;

        Source(String display) {
            this.display = display;
        }

        String display() {
            return display;
        }
    }

    /** The kinds of WebSocket message that a handler takes. */
    enum Medium {
        TEXT,
        BINARY,
        ANY
    }

    /** Properties of a method that matter to a caller. */
    enum Trait {
        PRIVATE,
        HIDDEN,
        STATIC,
        SYNCHRONIZED,
        GENERIC,
        THROWABLE,
        DEPRECATED
    }

    /** What becomes of a returned value. */
    enum Result {
        NONE,
        STAGE,
        /** A stage that completes with nothing. */
        EMPTY_STAGE,
        PROBLEM,
        TEXT,
        BYTE_ARRAY,
        BYTE_BUFFER,
        BYTES,
        MESSAGE,
        OBJECT_ARRAY,
        OTHER
    }

    /**
     * The {@code @Authorize} of a class.
     *
     * @param principal what the authorizer yields, or null if {@code obstacle} says why that is unknown
     * @param obstacle why the class cannot be used as an authorizer, or null
     */
    record Authorization(
            Named type,
            @Nullable TypeName principal,
            @Nullable String obstacle,
            Construction construction,
            Place place) {}

    /**
     * How an object comes into being.
     *
     * @param obstacle why it cannot, as a clause, or null
     * @param misplaced annotations that have no effect on it
     * @param deprecated whether calling the constructor gives a warning
     */
    record Construction(
            Named type,
            List<Dependency> dependencies,
            @Nullable String obstacle,
            List<Misplaced> misplaced,
            boolean deprecated,
            Place place) {

        /** Creates a construction that cannot be. */
        static Construction impossible(Named type, String obstacle, Place place) {
            return new Construction(type, List.of(), obstacle, List.of(), false, place);
        }
    }

    /** An annotation of {@code jakarta.inject} that has no effect where it stands. */
    record Misplaced(String message, Place place) {}

    /**
     * A constructor parameter.
     *
     * @param type what to look up
     * @param name the value of {@code @Named}, or null
     * @param lazy whether the parameter is a Provider of it
     * @param created how to create it if the application does not provide it, or null
     */
    record Dependency(
            String parameter,
            TypeName type,
            @Nullable String name,
            boolean lazy,
            @Nullable Construction created) {}

    /**
     * An annotated method.
     *
     * @param roles what it is annotated with; a correct handler has one
     * @param signature its class, name and parameter types as they are written there, for messages
     * @param event the name in {@code @OnMessage}, empty if there is none
     * @param place the first annotation
     */
    record Handler(
            String name,
            String signature,
            List<Role> roles,
            String event,
            Place place,
            Place eventPlace,
            Set<Trait> traits,
            List<Parameter> parameters,
            Returned returned,
            @Nullable Limit limit) {

        Handler {
            traits = traits.isEmpty() ? Set.of() : EnumSet.copyOf(traits);
        }

        Role role() {
            return roles.getFirst();
        }

        boolean takes(Source source) {
            return parameters.stream().anyMatch(parameter -> parameter.source() == source);
        }

        /** Returns which messages the parameters of a WebSocket handler ask for. */
        Medium medium() {
            Parameter message = parameters.stream()
                    .filter(each -> each.source() == Source.MESSAGE || each.source() == Source.PAYLOAD)
                    .findFirst()
                    .orElseThrow();
            if (message.source() == Source.PAYLOAD) {
                return message.shape() instanceof Shape.Binary ? Medium.BINARY : Medium.TEXT;
            } else if (message.type().equals(RuntimeTypes.MESSAGE)) {
                return Medium.ANY;
            }
            return message.type().equals(RuntimeTypes.MESSAGE_TEXT) ? Medium.TEXT : Medium.BINARY;
        }

        List<Parameter> all(Source source) {
            return parameters.stream()
                    .filter(parameter -> parameter.source() == source)
                    .toList();
        }
    }

    /**
     * A parameter of a handler.
     *
     * @param shape how it is read; unreadable if it is no payload
     * @param relative whether the type is a supertype or a subtype of the principal, but not the principal
     * @param depth how many superclasses an exception has
     * @param obstacle why generated code cannot name an exception, with a remedy, or null
     */
    record Parameter(
            String name,
            TypeName type,
            Source source,
            Shape shape,
            boolean relative,
            int depth,
            @Nullable String obstacle,
            List<Unchecked> constraints,
            Place place) {}

    /** An annotation that asks for a check which nobody makes. */
    record Unchecked(String annotation, Place place) {}

    /**
     * The result of a handler.
     *
     * @param nullable whether it is annotated Nullable
     * @param obstacle why it is nothing to send, as a clause, or null
     */
    record Returned(
            Result result,
            String display,
            boolean nullable,
            @Nullable String obstacle) {}

    /** The {@code @MaxSize} of a handler, in bytes. */
    record Limit(int bytes, Place place) {}

    /** Returns the correct handlers of {@code role} in source order. */
    List<Handler> handlers(Role role) {
        return handlers.stream()
                .filter(handler -> handler.roles().equals(List.of(role)))
                .toList();
    }

    /** Returns the name of the generated dispatcher: nested classes are joined with an underscore. */
    String dispatcherName() {
        return type.name().replace('.', '_') + "Dispatcher";
    }

    /** Returns the name of the generated provider. */
    String providerName() {
        return dispatcherName() + "Provider";
    }
}
