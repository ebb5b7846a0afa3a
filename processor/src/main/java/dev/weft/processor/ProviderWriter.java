package dev.weft.processor;

import dev.weft.processor.EndpointModel.Authorization;
import dev.weft.processor.EndpointModel.Construction;
import dev.weft.processor.EndpointModel.Dependency;
import dev.weft.processor.TypeName.Named;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Writes the class that creates a handler object and its dispatcher. */
final class ProviderWriter {
    /** The standard annotation for generated code. */
    static final String GENERATED = "javax.annotation.processing.Generated";

    private final EndpointModel model;
    private final SourceWriter source;
    private final Names methods = new Names("handler", "create");
    private final Map<Named, String> names = new LinkedHashMap<>();
    private final List<Construction> pending = new ArrayList<>();

    ProviderWriter(EndpointModel model, Surroundings surroundings) {
        this.model = model;
        this.source = new SourceWriter(Named.of(model.type().packageName(), model.providerName()), surroundings);
    }

    /** Returns the annotation for generated code on a line of its own, if the user's module can see it. */
    static String generated(SourceWriter source, EndpointModel model) {
        return model.generated()
                ? "@" + source.use(Named.of("javax.annotation.processing", "Generated")) + "(\""
                        + WeftProcessor.class.getName() + "\")\n"
                : "";
    }

    /** Returns the source file. */
    String write() {
        source.member("/** Called by {@link %s}. */\npublic %s() {}"
                .formatted(source.use(java.util.ServiceLoader.class), model.providerName()));
        String endpoint = source.use(model.type());
        source.method("@Override\npublic Class<?> handler", List.of(), "", List.of("return " + endpoint + ".class;"));
        List<String> arguments = new ArrayList<>(List.of(create(model.construction())));
        Authorization authorization = model.authorization();
        if (authorization != null) {
            arguments.add(create(authorization.construction()));
        }
        source.method(
                "@Override\npublic " + source.use(RuntimeTypes.DISPATCHER) + " create",
                instances(),
                "",
                List.of(SourceWriter.call(8, "return new " + model.dispatcherName() + "(", arguments, ");")));
        for (int i = 0; i < pending.size(); i++) {
            writeConstruction(pending.get(i));
        }
        return source.finish(
                "Creates {@link " + endpoint + "} and its dispatcher.",
                generated(source, model)
                        + "public final class " + model.providerName() + " implements "
                        + source.use(RuntimeTypes.DISPATCHER_PROVIDER));
    }

    /** Returns a call of the method that creates an object, which is written later. */
    private String create(Construction construction) {
        String method = names.computeIfAbsent(construction.type(), type -> {
            pending.add(construction);
            return methods.take(Names.lower(type.last()));
        });
        return method + "(instances)";
    }

    private void writeConstruction(Construction construction) {
        String type = source.use(construction.type());
        if (construction.deprecated()) {
            source.callsDeprecated();
        }
        List<String> arguments =
                construction.dependencies().stream().map(this::dependency).toList();
        String method = Objects.requireNonNull(names.get(construction.type()));
        String head = "return instances.shared(";
        String literal = type + ".class";
        String supplier =
                arguments.isEmpty() ? type + "::new" : "() -> new " + type + "(" + String.join(", ", arguments) + ")";
        String body = SourceWriter.call(8, head, List.of(literal, supplier), ");");
        if (arguments.isEmpty() || !body.contains("\n")) {
            source.method("private static " + type + " " + method, instances(), "", List.of(body));
            return;
        }
        String constructor = methods.take("new" + Names.upper(method));
        String shared = SourceWriter.call(8, head, List.of(literal, "() -> " + constructor + "(instances)"), ");");
        source.method("private static " + type + " " + method, instances(), "", List.of(shared));
        source.method(
                "private static " + type + " " + constructor, instances(), "", constructor(construction, arguments));
    }

    private List<String> instances() {
        return List.of(source.use(RuntimeTypes.INSTANCES) + " instances");
    }

    /** Returns the statements of a constructor call that is too long for a line: each argument gets a variable. */
    private List<String> constructor(Construction construction, List<String> arguments) {
        Names scope = new Names("instances");
        List<String> statements = new ArrayList<>();
        List<String> variables = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            Dependency dependency = construction.dependencies().get(i);
            String variable = scope.take(dependency.parameter());
            variables.add(variable);
            String type = source.use(dependency.type());
            String declared = dependency.lazy() ? source.use(RuntimeTypes.PROVIDER) + "<" + type + ">" : type;
            statements.add(declared + " " + variable + " = " + arguments.get(i) + ";");
        }
        statements.add(SourceWriter.call(8, "return new " + source.use(construction.type()) + "(", variables, ");"));
        return statements;
    }

    private String dependency(Dependency dependency) {
        if (dependency.created() != null) {
            return create(dependency.created());
        }
        String type = source.use(dependency.type()) + ".class";
        String lookup = dependency.name() == null
                ? "instances.get(" + type + ")"
                : "instances.get(" + type + ", " + SourceWriter.literal(dependency.name()) + ")";
        return dependency.lazy() ? "() -> " + lookup : lookup;
    }
}
