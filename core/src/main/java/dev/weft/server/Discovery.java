package dev.weft.server;

import dev.weft.WeftException;
import dev.weft.dispatch.DispatcherProvider;
import io.github.classgraph.ClassGraph;
import io.github.classgraph.ClassInfo;
import io.github.classgraph.ScanResult;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** Finds the generated code of handler classes. */
final class Discovery {
    private Discovery() {}

    /** Returns everything in the index that the processor wrote. */
    static List<DispatcherProvider> indexed() {
        List<DispatcherProvider> found = new ArrayList<>();
        ServiceLoader.load(DispatcherProvider.class).forEach(found::add);
        return found;
    }

    /** Returns the generated code of exactly {@code handler}. */
    static DispatcherProvider of(Class<?> handler) {
        for (DispatcherProvider provider : ServiceLoader.load(DispatcherProvider.class, handler.getClassLoader())) {
            if (provider.handler().equals(handler)) {
                return provider;
            }
        }
        throw new WeftException(handler.getName() + " has no generated dispatcher; annotate it with @Endpoint or"
                + " @WebSocketEndpoint and compile it with weft-processor in annotationProcessorPaths");
    }

    /** Returns the generated code below {@code packages}, found by scanning the class path. */
    static List<DispatcherProvider> scan(List<String> packages) {
        try (ScanResult scan = new ClassGraph()
                .acceptPackages(packages.toArray(String[]::new))
                .enableClassInfo()
                .ignoreClassVisibility()
                .scan()) {
            List<DispatcherProvider> found = new ArrayList<>();
            for (ClassInfo info : scan.getClassesImplementing(DispatcherProvider.class)) {
                found.add(instantiate(info));
            }
            return found;
        }
    }

    private static DispatcherProvider instantiate(ClassInfo info) {
        try {
            return info.loadClass(DispatcherProvider.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new WeftException("the generated class " + info.getName() + " cannot be created: compile again", e);
        }
    }
}
