package dev.weft.server;

import dev.weft.HttpHandler;
import dev.weft.Namespace;
import java.net.URI;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** A running server. */
public final class Weft implements AutoCloseable {
    private Weft() {}

    /** Returns a builder with safe defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the port that the server listens on. */
    public int port() {
        throw new UnsupportedOperationException();
    }

    /** Returns the URL to open, with {@code localhost} for the host if the server binds all interfaces. */
    public URI url() {
        throw new UnsupportedOperationException();
    }

    /** Returns namespace {@code name}, created if it does not exist. */
    public Namespace namespace(String name) {
        throw new UnsupportedOperationException(name);
    }

    /** Returns the counters of the server. */
    public Stats stats() {
        throw new UnsupportedOperationException();
    }

    /** Blocks until the server has stopped. */
    public void join() throws InterruptedException {
        throw new UnsupportedOperationException();
    }

    /** Stops: no new connections, running handlers finish under a deadline, clients are told, everything ends. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }

    /** Configures a server. */
    public static final class Builder {
        private Builder() {}

        /** Sets the address to bind; all interfaces by default. */
        public Builder host(String host) {
            return this;
        }

        /** Sets the port; 0 means any free one. 8080 by default. */
        public Builder port(int port) {
            return this;
        }

        /** Sets the path of Socket.IO; {@code /socket.io} by default. */
        public Builder path(String path) {
            return this;
        }

        /** Sets limits and times. */
        public Builder options(Options options) {
            return this;
        }

        /** Admits browser pages from these origins besides the server's own, for example {@code https://example.org}. */
        public Builder allowOrigins(String... origins) {
            return this;
        }

        /** Admits browser pages from every origin for which {@code origins} holds. */
        public Builder allowOrigins(Predicate<String> origins) {
            return this;
        }

        /** Registers every handler class that was compiled with the processor and is on the class path. */
        public Builder discover() {
            return this;
        }

        /** Registers the handler classes in packages and their subpackages, found by a class path scan. */
        public Builder scan(String... packages) {
            return this;
        }

        /** Registers handler classes. */
        public Builder handlers(Class<?>... classes) {
            return this;
        }

        /** Provides an object to constructors of handler classes that ask for its class or a supertype. */
        public Builder provide(Object instance) {
            return this;
        }

        /** Provides an object to constructor parameters {@code @Named(name)}. */
        public Builder provide(String name, Object instance) {
            return this;
        }

        /** Asks a container for objects that were not provided; it returns null for those it does not know. */
        public Builder instances(Function<Class<?>, ?> container) {
            return this;
        }

        /** Serves files below {@code path} from a folder, or from the class path if it starts with {@code classpath:}. */
        public Builder staticFiles(String path, String root) {
            return this;
        }

        /** Answers requests to exactly {@code path}. */
        public Builder http(String path, HttpHandler handler) {
            return this;
        }

        /** Serves raw WebSocket connections at exactly {@code path}. */
        public Builder webSocket(String path, WebSocketHandler handler, String... subprotocols) {
            return this;
        }

        /** Serves raw Engine.IO sessions at {@code path}. */
        public Builder engine(String path, SessionHandler handler) {
            return this;
        }

        /** Configures namespace {@code name} before the first client can connect. */
        public Builder namespace(String name, Consumer<Namespace> configuration) {
            return this;
        }

        /**
         * Starts the server.
         *
         * @throws dev.weft.WeftException if it cannot start; the message says what to change
         */
        public Weft start() {
            return new Weft();
        }
    }
}
