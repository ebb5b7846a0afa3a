package dev.weft;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Imports go one way, closed packages stay closed, and the public surface stays small. */
class LayersTest {
    /** A package may import only those before it. */
    private static final List<String> LAYERS = List.of(
            "dev.weft.bytes",
            "dev.weft.json",
            "dev.weft",
            "dev.weft.dispatch",
            "dev.weft.adapter",
            "dev.weft.net",
            "dev.weft.http",
            "dev.weft.ws",
            "dev.weft.packet",
            "dev.weft.engine",
            "dev.weft.socket",
            "dev.weft.server");

    private static final Set<String> CLOSED = Set.of(
            "dev.weft.net", "dev.weft.http", "dev.weft.ws", "dev.weft.packet", "dev.weft.engine", "dev.weft.socket");

    private static final int MOST_PUBLIC_TYPES = 68;

    private static final Pattern SYNCHRONIZED = Pattern.compile("\\bsynchronized\\s*\\(|\\bsynchronized\\s+[\\w<@]");

    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("/annotation/"))
            .importPackages("dev.weft");

    @Test
    void everyPackageHasItsPlaceAmongTheLayers() {
        assertThat(CORE).isNotEmpty().allSatisfy(type -> assertThat(LAYERS).contains(type.getPackageName()));
    }

    @Test
    void packagesImportOnlyThoseBeforeThem() {
        Stream<String> upward = CORE.stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(LayersTest::isUpward)
                .map(Dependency::getDescription);

        assertThat(upward).isEmpty();
    }

    @Test
    void signaturesOfPublicTypesNameNoTypeOfAClosedPackage() {
        Stream<String> leaks = publicTypes().flatMap(LayersTest::leaks);

        assertThat(leaks).isEmpty();
    }

    @Test
    void publicSurfaceStaysSmall() {
        List<String> types = publicTypes().map(JavaClass::getName).sorted().toList();
        System.out.println("Public types of weft-core: " + types.size() + " of at most " + MOST_PUBLIC_TYPES);

        assertThat(types).isNotEmpty().hasSizeLessThanOrEqualTo(MOST_PUBLIC_TYPES);
    }

    /** On Java 21 a virtual thread that blocks inside {@code synchronized} pins its carrier. */
    @Test
    void nothingIsSynchronized() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            assertThat(sources.filter(path -> path.toString().endsWith(".java")))
                    .isNotEmpty()
                    .allSatisfy(path -> assertThat(code(path)).noneMatch(SYNCHRONIZED.asPredicate()));
        }
    }

    private static boolean isUpward(Dependency dependency) {
        int from = LAYERS.indexOf(dependency.getOriginClass().getPackageName());
        int to = LAYERS.indexOf(
                dependency.getTargetClass().getBaseComponentType().getPackageName());
        return to > from;
    }

    private static Stream<JavaClass> publicTypes() {
        return CORE.stream()
                .filter(type -> !CLOSED.contains(type.getPackageName()))
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .filter(LayersTest::isReachable);
    }

    private static boolean isReachable(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(LayersTest::isReachable).orElse(true);
    }

    private static Stream<String> leaks(JavaClass type) {
        Predicate<JavaClass> closed = used -> CLOSED.contains(used.getPackageName());
        Stream<String> members = type.getMembers().stream()
                .filter(LayersTest::isInherited)
                .filter(member -> member.getAllInvolvedRawTypes().stream().anyMatch(closed))
                .map(JavaMember::getFullName);
        Stream<String> supertypes = Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream())
                .filter(supertype -> supertype.getAllInvolvedRawTypes().stream().anyMatch(closed))
                .map(supertype -> type.getName() + " is a " + supertype.getName());
        return Stream.concat(members, supertypes);
    }

    private static boolean isInherited(JavaMember member) {
        return member.getModifiers().contains(JavaModifier.PUBLIC)
                || member.getModifiers().contains(JavaModifier.PROTECTED);
    }

    private static List<String> code(Path source) throws IOException {
        return Files.readAllLines(source).stream()
                .map(String::strip)
                .filter(line -> !line.startsWith("*") && !line.startsWith("/"))
                .toList();
    }
}
