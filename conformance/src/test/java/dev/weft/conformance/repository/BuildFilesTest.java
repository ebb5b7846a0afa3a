package dev.weft.conformance.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** Build files that are published say what a repository of artifacts wants, and agree with each other. */
class BuildFilesTest {
    private static final Path ROOT = Path.of("..");
    private static final XPath XPATH = XPathFactory.newInstance().newXPath();

    @Test
    void bomManagesExactlyTheJarsThatArePublished() throws Exception {
        Document bom = pom("bom");

        assertThat(texts(bom, "/project/dependencyManagement/dependencies/dependency/artifactId"))
                .containsExactlyInAnyOrderElementsOf(publishedJars());
        assertThat(texts(bom, "/project/dependencyManagement/dependencies/dependency/version"))
                .containsOnly("${project.version}");
    }

    /** An import takes over everything that a parent manages. */
    @Test
    void bomHasNoParentAndTheVersionOfTheOthers() throws Exception {
        Document bom = pom("bom");

        assertThat(texts(bom, "/project/parent")).isEmpty();
        assertThat(texts(bom, "/project/version")).isEqualTo(texts(pom("."), "/project/version"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"name", "description", "url", "licenses/license/url", "developers/developer/name", "scm/url"})
    void publishedFilesCarryTheMetadataThatMavenCentralAsksFor(String path) throws Exception {
        assertThat(texts(pom("."), "/project/" + path)).isNotEmpty().doesNotContain("");
        assertThat(texts(pom("bom"), "/project/" + path)).isNotEmpty().doesNotContain("");
    }

    private static List<String> publishedJars() throws IOException {
        try (var folders = Files.list(ROOT)) {
            return folders.filter(folder -> Files.exists(folder.resolve("src/main/moduleinfo/module-info.java")))
                    .map(folder -> "weft-" + folder.getFileName())
                    .toList();
        }
    }

    private static Document pom(String folder) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(ROOT.resolve(folder).resolve("pom.xml").toFile());
    }

    private static List<String> texts(Document document, String path) throws Exception {
        NodeList nodes = (NodeList) XPATH.evaluate(path, document, XPathConstants.NODESET);
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> nodes.item(i).getTextContent().strip())
                .toList();
    }
}
