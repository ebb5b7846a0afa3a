package dev.weft.server;

import dev.weft.WeftException;
import dev.weft.dispatch.Instances;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The objects that an application provided, and those made of them. Not a container: no scopes, no scanning. */
final class ProvidedInstances implements Instances {
    private final List<Object> provided;
    private final Map<String, Object> named;
    private final Function<Class<?>, ? extends @Nullable Object> container;
    private final Map<Class<?>, Object> made = new HashMap<>();
    private final Map<Class<?>, Boolean> underWay = new LinkedHashMap<>();
    private final Deque<Class<?>> askers = new ArrayDeque<>();

    ProvidedInstances(
            List<Object> provided,
            Map<String, Object> named,
            Function<Class<?>, ? extends @Nullable Object> container) {
        this.provided = provided;
        this.named = named;
        this.container = container;
    }

    @Override
    public <T> T get(Class<T> type) {
        T instance = find(type);
        if (instance == null) {
            throw new WeftException(asker() + " needs a " + type.getName()
                    + ", and none was provided; add .provide(new " + type.getSimpleName() + "(…)) to the builder");
        }
        return instance;
    }

    @Override
    public <T> T get(Class<T> type, String name) {
        Object instance = named.get(name);
        if (!type.isInstance(instance)) {
            throw new WeftException(asker() + " needs a " + type.getName() + " named \"" + name
                    + "\", and none was provided; add .provide(\"" + name + "\", …) to the builder");
        }
        return type.cast(instance);
    }

    @Override
    public <T> T shared(Class<T> type, Supplier<T> constructor) {
        T known = find(type);
        if (known != null) {
            return known;
        }
        if (underWay.putIfAbsent(type, true) != null) {
            throw new WeftException(type.getName() + " needs itself to be created: " + underWay.keySet());
        }
        askers.push(type);
        try {
            T instance = constructor.get();
            made.put(type, instance);
            return instance;
        } finally {
            askers.pop();
            underWay.remove(type);
        }
    }

    private <T> @Nullable T find(Class<T> type) {
        Object instance = made.get(type);
        if (instance != null) {
            return type.cast(instance);
        }
        List<Object> fitting = provided.stream().filter(type::isInstance).toList();
        if (fitting.size() > 1) {
            throw new WeftException(asker() + " needs a " + type.getName() + ", and " + fitting.size()
                    + " were provided; provide one, or name them and ask with @Named");
        }
        return fitting.isEmpty() ? type.cast(container.apply(type)) : type.cast(fitting.getFirst());
    }

    private String asker() {
        Class<?> asker = askers.peek();
        return asker == null ? "a handler class" : asker.getName();
    }
}
