package dev.weft.processor;

import dev.weft.annotation.Endpoint;
import dev.weft.annotation.WebSocketEndpoint;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.annotation.processing.Filer;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.tools.StandardLocation;

/**
 * Writes the file in which {@link java.util.ServiceLoader} finds the providers. A build that compiles only some classes
 * finds the file of the last build and keeps the lines whose handler classes still exist.
 */
final class ServiceFileWriter {
    static final String PATH = "META-INF/services/" + RuntimeTypes.DISPATCHER_PROVIDER.qualified();

    private static final String SUFFIX = "DispatcherProvider";

    private final Filer filer;
    private final Mirrors mirrors;
    private final TreeMap<String, TypeElement> providers = new TreeMap<>();

    ServiceFileWriter(Filer filer, Mirrors mirrors) {
        this.filer = filer;
        this.mirrors = mirrors;
    }

    /** Enters the provider of a handler class. */
    void add(EndpointModel model) {
        String packageName = model.type().packageName();
        providers.put(
                packageName.isEmpty() ? model.providerName() : packageName + "." + model.providerName(),
                model.element());
    }

    /** Writes the file unless there is no provider to enter. */
    void write() throws IOException {
        if (providers.isEmpty()) {
            return;
        }
        Set<String> lines = new TreeSet<>(providers.keySet());
        existing().stream().filter(this::isAlive).forEach(lines::add);
        Element[] origins = providers.values().toArray(Element[]::new);
        try (Writer file = filer.createResource(StandardLocation.CLASS_OUTPUT, "", PATH, origins)
                .openWriter()) {
            file.write(String.join("\n", lines) + "\n");
        }
    }

    private List<String> existing() throws IOException {
        try {
            CharSequence content =
                    filer.getResource(StandardLocation.CLASS_OUTPUT, "", PATH).getCharContent(true);
            return content.toString().lines().map(String::strip).toList();
        } catch (FileNotFoundException | NoSuchFileException firstBuild) {
            return List.of();
        }
    }

    private boolean isAlive(String provider) {
        return provider.endsWith(SUFFIX)
                && candidates(provider.substring(0, provider.length() - SUFFIX.length())).stream()
                        .map(mirrors.elements()::getTypeElement)
                        .anyMatch(type -> type != null
                                && (mirrors.isAnnotated(type, Endpoint.class)
                                        || mirrors.isAnnotated(type, WebSocketEndpoint.class)));
    }

    /** Returns the classes that a provider may belong to: an underscore in its name may stand for nesting. */
    private static List<String> candidates(String name) {
        List<String> candidates = new ArrayList<>(List.of(name));
        int start = name.lastIndexOf('.') + 1;
        for (int at = name.indexOf('_', start); at >= 0; at = name.indexOf('_', at + 1)) {
            for (String candidate : List.copyOf(candidates)) {
                candidates.add(candidate.substring(0, at) + "." + candidate.substring(at + 1));
            }
        }
        return candidates;
    }
}
