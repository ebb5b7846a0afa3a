package dev.weft.processor;

import com.google.testing.compile.Compilation;
import dev.weft.dispatch.Dispatcher;
import dev.weft.dispatch.DispatcherProvider;
import dev.weft.dispatch.EndpointDispatcher;
import dev.weft.dispatch.Instances;
import dev.weft.dispatch.WebSocketDispatcher;
import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.tools.JavaFileObject;

/** Handler classes that were compiled with the processor and loaded, and the objects that their providers create. */
final class GeneratedClasses implements Instances {
    private final ClassLoader loader;
    private final Map<Class<?>, Object> shared = new HashMap<>();
    private final Map<Object, Object> provided = new HashMap<>();

    private GeneratedClasses(ClassLoader loader) {
        this.loader = loader;
    }

    static GeneratedClasses of(JavaFileObject... sources) {
        Compilation compilation = Compilations.compile(sources);
        if (compilation.status() != Compilation.Status.SUCCESS) {
            throw new AssertionError(Compilations.report(compilation));
        }
        return new GeneratedClasses(Compilations.load(compilation));
    }

    EndpointDispatcher endpoint(String handler) {
        return (EndpointDispatcher) create(handler);
    }

    WebSocketDispatcher webSocket(String handler) {
        return (WebSocketDispatcher) create(handler);
    }

    private Dispatcher create(String handler) {
        return provider(handler).create(this);
    }

    DispatcherProvider provider(String handler) {
        try {
            return type(handler + "DispatcherProvider")
                    .asSubclass(DispatcherProvider.class)
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    Class<?> type(String name) {
        try {
            return loader.loadClass(name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns field {@code name} of the one object of class {@code type} that was created. */
    Object field(String type, String name) {
        try {
            Field field = type(type).getDeclaredField(name);
            field.setAccessible(true);
            return field.get(shared.get(type(type)));
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns what the handlers of class {@code type} wrote down. */
    @SuppressWarnings("unchecked") // every handler class of the tests declares the field so
    List<String> log(String type) {
        return (List<String>) field(type, "log");
    }

    void provide(Object key, Object instance) {
        provided.put(key, instance);
    }

    @Override
    public <T> T get(Class<T> type) {
        return type.cast(required(type));
    }

    @Override
    public <T> T get(Class<T> type, String name) {
        return type.cast(required(name));
    }

    private Object required(Object key) {
        Object instance = provided.get(key);
        if (instance == null) {
            throw new AssertionError("not provided: " + key);
        }
        return instance;
    }

    @Override
    public <T> T shared(Class<T> type, Supplier<T> constructor) {
        Object known = shared.get(type);
        if (known == null) {
            known = constructor.get();
            shared.put(type, known);
        }
        return type.cast(known);
    }
}
