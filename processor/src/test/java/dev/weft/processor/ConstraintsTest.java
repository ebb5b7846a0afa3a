package dev.weft.processor;

import static dev.weft.processor.Compilations.compile;
import static dev.weft.processor.Compilations.lines;
import static dev.weft.processor.Compilations.report;
import static org.assertj.core.api.Assertions.assertThat;

import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;

/** Constraints of Jakarta Validation, for which annotations of the same names stand in. */
class ConstraintsTest {
    private static final JavaFileObject CONSTRAINT =
            lines("jakarta.validation.Constraint", "package jakarta.validation;", "public @interface Constraint {}");

    private static final JavaFileObject SIZE = lines(
            "jakarta.validation.constraints.Size",
            "package jakarta.validation.constraints;",
            "import java.lang.annotation.*;",
            "@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE})",
            "public @interface Size { int max(); }");

    private static final JavaFileObject EVEN = lines(
            "com.acme.Even",
            "package com.acme;",
            "import java.lang.annotation.*;",
            "@jakarta.validation.Constraint",
            "@Target({ElementType.FIELD, ElementType.PARAMETER})",
            "@interface Even {}");

    private static JavaFileObject handler(String name) {
        return lines(
                "com.acme." + name,
                "package com.acme;",
                "import dev.weft.annotation.*;",
                "import jakarta.validation.constraints.Size;",
                "import java.util.List;",
                "@Endpoint(\"/" + name + "\")",
                "class " + name + " {",
                "    @OnMessage(\"say\")",
                "    void say(",
                "        @Size(max = 5) String text,",
                "        @Even int number,",
                "        List<@Size(max = 3) String> names,",
                "        Line line) {}",
                "}");
    }

    private static final JavaFileObject LINE = lines(
            "com.acme.Line",
            "package com.acme;",
            "import jakarta.validation.constraints.Size;",
            "record Line(",
            "    @Size(max = 9) String text,",
            "    @Even int number,",
            "    String free) {}");

    @Test
    void areNotedWhereTheyStandSinceNobodyChecksThem() {
        assertThat(report(compile(CONSTRAINT, SIZE, EVEN, LINE, handler("Speech")))
                        .lines())
                .containsExactlyInAnyOrder(
                        "4:27 warning: [WEFT-329] @Size is not checked by Weft yet; check it in the method",
                        "5:15 warning: [WEFT-329] @Even is not checked by Weft yet; check it in the method",
                        "9:9 warning: [WEFT-329] @Size is not checked by Weft yet; check it in the method",
                        "10:9 warning: [WEFT-329] @Even is not checked by Weft yet; check it in the method",
                        "11:37 warning: [WEFT-329] @Size is not checked by Weft yet; check it in the method");
    }

    @Test
    void ofARecordAreNotedOnceForAllHandlers() {
        assertThat(report(compile(CONSTRAINT, SIZE, EVEN, LINE, handler("A"), handler("B")))
                        .lines())
                .hasSize(8);
    }
}
