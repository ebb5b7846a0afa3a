package dev.weft.processor;

import dev.weft.annotation.Authorize;
import dev.weft.annotation.Endpoint;
import dev.weft.annotation.MaxSize;
import dev.weft.annotation.OnAny;
import dev.weft.annotation.OnConnect;
import dev.weft.annotation.OnDisconnect;
import dev.weft.annotation.OnError;
import dev.weft.annotation.OnMessage;
import dev.weft.annotation.WebSocketEndpoint;
import dev.weft.processor.EndpointModel.Kind;
import java.io.IOException;
import java.io.Writer;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.annotation.processing.FilerException;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/**
 * The work of one compilation. Each handler class passes through {@link EndpointReader}, {@link EndpointValidator} and a
 * writer; one that mentions a type that does not exist yet waits for the next round, and if the type never comes, the
 * compiler says so itself.
 */
final class Rounds {
    private static final List<Class<? extends Annotation>> KINDS = List.of(Endpoint.class, WebSocketEndpoint.class);
    private static final List<Class<? extends Annotation>> METHODS =
            List.of(OnConnect.class, OnMessage.class, OnDisconnect.class, OnError.class, OnAny.class, MaxSize.class);

    private final ProcessingEnvironment environment;
    private final Mirrors mirrors;
    private final EndpointReader reader;
    private final ServiceFileWriter services;
    private final Claims claims = new Claims();

    /** Names of classes that wait for types; elements do not outlive their round. */
    private final Set<String> waiting = new LinkedHashSet<>();

    /** Two handler classes may meet the same mistake in one record or superclass, and in different rounds. */
    private final Set<String> reported = new HashSet<>();

    private boolean failed;

    Rounds(ProcessingEnvironment environment) {
        this.environment = environment;
        this.mirrors = new Mirrors(environment.getElementUtils(), environment.getTypeUtils());
        this.reader = new EndpointReader(mirrors);
        this.services = new ServiceFileWriter(environment.getFiler(), mirrors);
    }

    /** Returns the names of the annotations to look for. */
    static Set<String> annotations() {
        return Stream.concat(Stream.concat(KINDS.stream(), METHODS.stream()), Stream.of(Authorize.class))
                .map(Class::getCanonicalName)
                .collect(Collectors.toUnmodifiableSet());
    }

    void process(RoundEnvironment round) throws IOException {
        if (round.processingOver()) {
            if (!failed) {
                services.write();
            }
            return;
        }
        new StrayValidator(mirrors, reader).validate(round, METHODS).forEach(this::report);
        for (TypeElement type : classes(round)) {
            handle(type);
        }
    }

    private List<TypeElement> classes(RoundEnvironment round) {
        Set<Element> classes = new LinkedHashSet<>();
        waiting.forEach(name -> classes.add(mirrors.elements().getTypeElement(name)));
        waiting.clear();
        KINDS.forEach(kind -> classes.addAll(round.getElementsAnnotatedWith(kind)));
        return classes.stream().map(TypeElement.class::cast).toList();
    }

    private void handle(TypeElement type) throws IOException {
        EndpointModel model;
        try {
            model = reader.read(type);
        } catch (UnresolvedTypeException later) {
            waiting.add(type.getQualifiedName().toString());
            return;
        }
        List<Problem> problems = new ArrayList<>(new EndpointValidator(model).validate());
        problems.addAll(claims.claim(model));
        problems.forEach(this::report);
        if (problems.stream().noneMatch(Problem::isError)) {
            try {
                write(model);
            } catch (FilerException taken) {
                report(Problem.error(
                        108,
                        Place.of(type),
                        "the dispatcher of %s cannot be written: %s; rename the class of that name"
                                .formatted(model.type().display(), taken.getMessage())));
            }
        }
    }

    private void write(EndpointModel model) throws IOException {
        String dispatcher = model.kind() == Kind.NAMESPACE
                ? new EndpointDispatcherWriter(model, mirrors).write()
                : new WebSocketDispatcherWriter(model, mirrors).write();
        write(model, model.dispatcherName(), dispatcher);
        write(model, model.providerName(), new ProviderWriter(model, mirrors).write());
        services.add(model);
    }

    private void write(EndpointModel model, String name, String text) throws IOException {
        String packageName = model.type().packageName();
        String qualified = packageName.isEmpty() ? name : packageName + "." + name;
        try (Writer file = environment
                .getFiler()
                .createSourceFile(qualified, model.element())
                .openWriter()) {
            file.write(text);
        }
    }

    /** Returns what identifies an element in every round. */
    private static String path(Element element) {
        StringBuilder path = new StringBuilder();
        for (Element each = element; each != null; each = each.getEnclosingElement()) {
            path.append('\n').append(each);
        }
        return path.toString();
    }

    private void report(Problem problem) {
        failed |= problem.isError();
        Place place = problem.place();
        if (reported.add(problem.text() + path(place.element()))) {
            environment
                    .getMessager()
                    .printMessage(problem.kind(), problem.text(), place.element(), place.annotation(), place.value());
        }
    }
}
