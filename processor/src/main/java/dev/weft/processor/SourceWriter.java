package dev.weft.processor;

import dev.weft.processor.TypeName.Array;
import dev.weft.processor.TypeName.Named;
import dev.weft.processor.TypeName.Wildcard;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One source file in the making: knows imports, indentation and line breaks, and nothing of what the code means. */
final class SourceWriter {
    private static final int MAX_COLUMNS = 120;
    private static final String INDENT = "    ";
    private static final String CONTINUATION = INDENT + INDENT;

    /** Types of java.lang that writers write without asking; an import keeps those of the user's package away. */
    private static final List<String> WRITTEN =
            List.of("Class", "Exception", "Object", "Override", "String", "Throwable");

    private final String packageName;
    private final Surroundings surroundings;
    private final Map<String, String> imports = new TreeMap<>();
    private final List<String> members = new ArrayList<>();
    private boolean deprecated;

    /**
     * Creates a file for top-level class {@code type}.
     *
     * @param surroundings which classes there are; one of the same package hides one of java.lang
     */
    SourceWriter(Named type, Surroundings surroundings) {
        this.packageName = type.packageName();
        this.surroundings = surroundings;
        imports.put(type.name(), type.qualified());
        for (String name : WRITTEN) {
            if (!packageName.isEmpty() && surroundings.exists(packageName + "." + name)) {
                imports.put(name, "java.lang." + name);
            }
        }
    }

    /** Returns how {@code type} is written in this file, and imports it; a name that is taken is written in full. */
    String use(TypeName type) {
        return switch (type) {
            case Named named -> {
                deprecated |= surroundings.isDeprecated(named.qualified());
                yield raw(named) + arguments(named);
            }
            case Array array -> use(array.component()) + "[]";
            case Wildcard wildcard ->
                wildcard.bound() == null ? wildcard.keyword() : wildcard.keyword() + " " + use(wildcard.bound());
        };
    }

    String use(Class<?> type) {
        return use(Named.of(type));
    }

    private String raw(Named named) {
        if (named.packageName().isEmpty()) {
            return named.name();
        }
        String outermost = named.packageName() + "." + named.outermost();
        boolean hidden = (named.packageName().equals("java.lang") || packageName.isEmpty())
                && surroundings.exists(
                        packageName.isEmpty() ? named.outermost() : packageName + "." + named.outermost());
        boolean ours = (!hidden || outermost.equals(imports.get(named.outermost())))
                && imports.computeIfAbsent(named.outermost(), name -> outermost).equals(outermost);
        return ours ? named.name() : named.qualified();
    }

    private String arguments(Named named) {
        return named.arguments().isEmpty()
                ? ""
                : named.arguments().stream().map(this::use).collect(Collectors.joining(", ", "<", ">"));
    }

    /** Says that the members so far call something deprecated: that is up to the user, who compiles this file. */
    void callsDeprecated() {
        deprecated = true;
    }

    /** Adds a member; members are separated by a blank line. */
    void member(String text) {
        members.add(text.stripTrailing());
    }

    /**
     * Adds a method.
     *
     * @param head everything before the parameters: annotations, each on a line, modifiers, type and name
     * @param tail everything between the parameters and the body
     */
    void method(String head, List<String> parameters, String tail, List<String> statements) {
        int lineStart = head.lastIndexOf('\n') + 1;
        String signature = head.substring(0, lineStart)
                + call(INDENT.length(), head.substring(lineStart) + "(", parameters, ")" + tail + " {");
        member(signature + "\n" + indent(String.join("\n", statements)) + "\n}");
    }

    /** Returns the file. */
    String finish(String documentation, String declaration) {
        StringBuilder file = new StringBuilder();
        if (!packageName.isEmpty()) {
            file.append("package ").append(packageName).append(";\n\n");
        }
        String imported = imports.values().stream()
                .filter(this::isImported)
                .sorted()
                .map(name -> "import " + name + ";\n")
                .collect(Collectors.joining());
        file.append(imported).append(imported.isEmpty() ? "" : "\n");
        file.append("/** ")
                .append(documentation)
                .append(" */\n")
                .append(deprecated ? "@SuppressWarnings({\"deprecation\", \"removal\"})\n" : "")
                .append(declaration)
                .append(" {\n");
        return file.append(indent(String.join("\n\n", members))).append("\n}\n").toString();
    }

    private boolean isImported(String qualified) {
        int dot = qualified.lastIndexOf('.');
        String owner = dot < 0 ? "" : qualified.substring(0, dot);
        return !owner.equals(packageName)
                && (!owner.equals("java.lang") || surroundings.exists(packageName + qualified.substring(dot)));
    }

    /**
     * Returns {@code head}, the arguments and {@code tail} on one line if they fit when {@code head} starts after
     * {@code column} characters; else with the arguments on the next line, or each on its own.
     */
    static String call(int column, String head, List<String> arguments, String tail) {
        String joined = String.join(", ", arguments);
        if (fits(column, head + joined + tail) || arguments.isEmpty()) {
            return head + joined + tail;
        }
        String next = CONTINUATION + joined + tail;
        return head + "\n"
                + (fits(column, next) ? next : CONTINUATION + String.join(",\n" + CONTINUATION, arguments) + tail);
    }

    /** Returns an assignment that starts after {@code column} characters, on two lines if it does not fit on one. */
    static String assignment(int column, String variable, String value) {
        String line = variable + " = " + value + ";";
        return fits(column, line) ? line : variable + " =\n" + CONTINUATION + value + ";";
    }

    /** Returns whether {@code line} fits after {@code column} characters. */
    static boolean fits(int column, String line) {
        return column + line.length() <= MAX_COLUMNS;
    }

    /** Returns {@code text} with every line that is not empty one level further in. */
    static String indent(String text) {
        return Arrays.stream(text.split("\n", -1))
                .map(line -> line.isEmpty() ? line : INDENT + line)
                .collect(Collectors.joining("\n"));
    }

    /** Returns {@code text} as a string literal in ASCII. */
    static String literal(String text) {
        StringBuilder literal = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> literal.append("\\\"");
                case '\\' -> literal.append("\\\\");
                case '\n' -> literal.append("\\n");
                case '\r' -> literal.append("\\r");
                case '\t' -> literal.append("\\t");
                default -> literal.append(c >= ' ' && c < 0x7f ? String.valueOf(c) : "\\u%04x".formatted((int) c));
            }
        }
        return literal.append('"').toString();
    }
}
