package dev.weft.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Headers;
import dev.weft.HttpRequest;
import dev.weft.HttpResponse;
import dev.weft.bytes.Bytes;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StaticFilesTest {
    private static final String SECRET = "secret";

    @TempDir
    Path temp;

    private Path root;

    @BeforeEach
    void layFiles() throws IOException {
        root = temp.resolve("public");
        write("secret.txt", SECRET);
        write("public/index.html", "home");
        write("public/app.js", "js");
        write("public/sub/index.html", "sub");
        write("public/sub/é a.txt", "accent");
        write("public/empty/x.txt", "x");
        write("public/.env", SECRET);
        write("public/.git/config", SECRET);
        write("public-other/secret.txt", SECRET);
    }

    private void write(String name, String text) throws IOException {
        Path file = temp.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private StaticFiles folder() {
        return new StaticFiles("/", root.toString());
    }

    private static HttpResponse get(StaticFiles files, String path, String... headers) {
        return files.get(Wire.request("GET", path, headers));
    }

    @Test
    void servesAFileWithItsTypeAndCachingFields() {
        HttpResponse response = get(folder(), "/app.js");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(Bytes.utf8("js"));
        assertThat(response.headers().first("Content-Type")).isEqualTo("text/javascript; charset=utf-8");
        assertThat(response.headers().first("Cache-Control")).isEqualTo("no-cache");
        assertThat(response.headers().first("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(response.headers().first("ETag")).matches("\"[0-9a-f]{32}\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/app.js", "/sub", "/sub/"})
    void sendsSecurityFieldsWithEveryAnswer(String path) {
        HttpResponse response = get(folder(), path);
        assertThat(response.headers().all("X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(response.headers().all("X-Frame-Options")).containsExactly("SAMEORIGIN");
        assertThat(response.headers().all("Referrer-Policy")).containsExactly("strict-origin-when-cross-origin");
    }

    @Test
    void sendsTheFieldsThatItIsGiven() {
        StaticFiles files = new StaticFiles("/", root.toString(), Headers.of("X-Frame-Options", "DENY"));
        Headers sent = get(files, "/app.js").headers();
        assertThat(sent.all("X-Frame-Options")).containsExactly("DENY");
        assertThat(sent.first("Referrer-Policy")).isNull();
        assertThat(sent.first("ETag")).isNotNull();
    }

    @Test
    void readersOfAFileShareItsBytesUntilItChanges() throws IOException {
        StaticFiles files = folder();
        HttpResponse first = get(files, "/app.js");
        assertThat(get(files, "/app.js").body()).isSameAs(first.body());
        write("public/app.js", "changed");
        assertThat(get(files, "/app.js").body().utf8()).isEqualTo("changed");
        assertThat(first.body().utf8()).isEqualTo("js");
    }

    @Test
    void servesTheIndexOfADirectoryAndRedirectsToIt() throws Exception {
        assertThat(get(folder(), "/").body().utf8()).isEqualTo("home");
        assertThat(get(folder(), "/sub/").body().utf8()).isEqualTo("sub");
        HttpResponse redirect = folder().get(Wire.parsed("/s%75b?a=%0d"));
        assertThat(redirect.status()).isEqualTo(301);
        assertThat(redirect.headers().first("Location")).isEqualTo("/s%75b/?a=%0d");
        assertThat(get(folder(), "/empty")).isNull();
        assertThat(get(folder(), "/empty/")).isNull();
    }

    @Test
    void servesBelowItsPathOnly() {
        StaticFiles files = new StaticFiles("/assets/", root.toString());
        assertThat(get(files, "/assets/app.js").status()).isEqualTo(200);
        assertThat(get(files, "/assets/").status()).isEqualTo(200);
        assertThat(get(files, "/assets").headers().first("Location")).isEqualTo("/assets/");
        assertThat(get(files, "/app.js")).isNull();
        assertThat(get(files, "/assetsapp.js")).isNull();
        assertThat(get(files, "/assets/../app.js")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../secret.txt",
                "/sub/../../secret.txt",
                "/..",
                "/../",
                "/./app.js",
                "/sub/../app.js",
                "/%2e%2e/secret.txt",
                "/%2E%2E%2Fsecret.txt",
                "/..%2fsecret.txt",
                "/sub%2f..%2f..%2fsecret.txt",
                "/..%5csecret.txt",
                "/..\\secret.txt",
                "/sub\\..\\..\\secret.txt",
                "/%2e%2e%5csecret.txt",
                "/%252e%252e/secret.txt",
                "/....//secret.txt",
                "//secret.txt",
                "///etc/passwd",
                "//etc/passwd",
                "/%2fetc/passwd",
                "/C:/secret.txt",
                "/app.js::$DATA",
                "/../public-other/secret.txt",
                "/..;/secret.txt",
                "/.env",
                "/.git/config",
                "/%2egit/config",
                "/sub/.",
                "/app.js/",
                "/app.js.",
                "/app.js%20",
                "/app.js/x",
                "/absent",
                "/sub//index.html",
                "/*",
            })
    void neverLeavesTheRootNorShowsHiddenFiles(String target) throws Exception {
        HttpRequest request = Wire.parsed(target);
        assertThat(folder().get(request)).isNull();
        assertThat(new StaticFiles("/", root.toString() + "/../public").get(request))
                .isNull();
        assertThat(onClassPath(temp, "classpath:/public").get(request)).isNull();
    }

    @Test
    void refusesNulAndOtherNamesThatNoFileSystemTakes() {
        assertThat(get(folder(), "/app.js\0")).isNull();
        assertThat(get(folder(), "/" + "a".repeat(5000))).isNull();
        assertThat(get(folder(), "/\ud800")).isNull();
    }

    @Test
    void followsSymbolicLinksOnlyWithinTheRootAndToNothingHidden() throws IOException {
        Files.createSymbolicLink(root.resolve("out.txt"), temp.resolve("secret.txt"));
        Files.createSymbolicLink(root.resolve("outside"), temp);
        Files.createSymbolicLink(root.resolve("sibling"), temp.resolve("public-other"));
        Files.createSymbolicLink(root.resolve("hidden.txt"), root.resolve(".env"));
        Files.createSymbolicLink(root.resolve("git"), root.resolve(".git"));
        Files.createSymbolicLink(root.resolve("loop"), root.resolve("loop"));
        Files.createSymbolicLink(root.resolve("within.js"), root.resolve("app.js"));

        for (String path : new String[] {
            "/out.txt", "/outside/secret.txt", "/sibling/secret.txt", "/hidden.txt", "/git/config", "/loop", "/outside/"
        }) {
            assertThat(get(folder(), path)).as(path).isNull();
        }
        assertThat(get(folder(), "/within.js").body().utf8()).isEqualTo("js");
    }

    @Test
    void aRootThatIsALinkIsServed() throws IOException {
        Path link = Files.createSymbolicLink(temp.resolve("link"), root);
        assertThat(get(new StaticFiles("/", link.toString()), "/app.js").status())
                .isEqualTo(200);
    }

    @Test
    void servesNamesWithSpacesAndAccents() throws Exception {
        assertThat(folder().get(Wire.parsed("/sub/%C3%A9%20a.txt")).body().utf8())
                .isEqualTo("accent");
    }

    @ParameterizedTest
    @CsvSource({"%s, 304", "W/%s, 304", "'\"x\", %s', 304", "*, 304", "\"x\", 200", "x%s, 200"})
    void answers304IfTheClientHasTheFile(String condition, int status) throws IOException {
        String etag = get(folder(), "/app.js").headers().first("ETag");
        HttpResponse response = get(folder(), "/app.js", "If-None-Match", condition.replace("%s", etag));
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.headers().first("ETag")).isEqualTo(etag);
        assertThat(response.body().isEmpty()).isEqualTo(status == 304);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bytes=0-0 | 206 | bytes 0-0/8 | 0",
                "bytes=2-4 | 206 | bytes 2-4/8 | 234",
                "bytes=6- | 206 | bytes 6-7/8 | 67",
                "bytes=6-99999999999 | 206 | bytes 6-7/8 | 67",
                "bytes=-3 | 206 | bytes 5-7/8 | 567",
                "bytes=-99999999999 | 206 | bytes 0-7/8 | 01234567",
                "bytes=8- | 416 | bytes */8 | ''",
                "bytes=99999999999- | 416 | bytes */8 | ''",
                "bytes=-0 | 416 | bytes */8 | ''",
            })
    void sendsOneRange(String range, int status, String contentRange, String body) throws IOException {
        write("public/range.txt", "01234567");
        HttpResponse response = get(folder(), "/range.txt", "Range", range);
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.headers().first("Content-Range")).isEqualTo(contentRange);
        assertThat(response.body().utf8()).isEqualTo(body);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes=0-1,3-4",
                "bytes=",
                "bytes=-",
                "bytes=a-b",
                "bytes=3-2",
                "bytes=+1-2",
                "lines=0-1",
                "bytes=1-2-3"
            })
    void ignoresRangesThatItDoesNotServe(String range) throws IOException {
        write("public/range.txt", "01234567");
        HttpResponse response = get(folder(), "/range.txt", "Range", range);
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body().size()).isEqualTo(8);
    }

    @Test
    void sendsTheRangeOfTheVersionThatTheClientHas() throws IOException {
        write("public/range.txt", "01234567");
        String etag = get(folder(), "/range.txt").headers().first("ETag");
        assertThat(get(folder(), "/range.txt", "Range", "bytes=0-1", "If-Range", etag)
                        .status())
                .isEqualTo(206);
        assertThat(get(folder(), "/range.txt", "Range", "bytes=0-1", "If-Range", "\"x\"")
                        .status())
                .isEqualTo(200);
        assertThat(folder().get(Wire.request("HEAD", "/range.txt", "Range", "bytes=0-1"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aChangedFileHasAnotherTagAtOnce() throws IOException {
        StaticFiles files = folder();
        String etag = get(files, "/app.js").headers().first("ETag");
        write("public/app.js", "sj");
        HttpResponse response = get(files, "/app.js", "If-None-Match", etag);
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body().utf8()).isEqualTo("sj");
    }

    @Test
    void answersHeadAndOptionsAndRefusesOtherMethods() {
        assertThat(folder().get(Wire.request("HEAD", "/app.js"))).isEqualTo(get(folder(), "/app.js"));
        HttpResponse options = folder().get(Wire.request("OPTIONS", "/app.js"));
        assertThat(options.status()).isEqualTo(204);
        assertThat(options.headers().first("Allow")).isEqualTo("GET, HEAD, OPTIONS");
        HttpResponse post = folder().get(Wire.request("POST", "/app.js"));
        assertThat(post.status()).isEqualTo(405);
        assertThat(post.headers().first("Allow")).isEqualTo("GET, HEAD, OPTIONS");
        assertThat(folder().get(Wire.request("POST", "/absent"))).isNull();
    }

    @Test
    void doesNotReadAFileLargerThanTheLimit() throws IOException {
        try (RandomAccessFile large =
                new RandomAccessFile(root.resolve("large.bin").toFile(), "rw")) {
            large.setLength(FileSource.LARGEST_FILE);
            assertThat(get(folder(), "/large.bin").body().size()).isEqualTo(FileSource.LARGEST_FILE);
            large.setLength(FileSource.LARGEST_FILE + 1L);
            assertThat(get(folder(), "/large.bin").status()).isEqualTo(500);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/absent-folder", "classpath:/", "classpath:", "classpath:/../x", "classpath:/.git", "a\0b"})
    void refusesARootThatIsNoFolder(String folder) {
        assertThatThrownBy(() -> new StaticFiles("/", folder)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "a.html, text/html; charset=utf-8",
        "a.JS, text/javascript; charset=utf-8",
        "a.mjs, text/javascript; charset=utf-8",
        "a.css, text/css; charset=utf-8",
        "a.json, application/json",
        "a.js.map, application/json",
        "a.svg, image/svg+xml",
        "a.png, image/png",
        "a.jpg, image/jpeg",
        "a.gif, image/gif",
        "a.ico, image/x-icon",
        "a.webp, image/webp",
        "a.woff2, font/woff2",
        "a.wasm, application/wasm",
        "a.txt, text/plain; charset=utf-8",
        "a.md, text/markdown; charset=utf-8",
        "a, application/octet-stream",
        "a.exe, application/octet-stream",
    })
    void knowsTheTypesOfWebFiles(String name, String type) {
        assertThat(ContentTypes.of(name)).isEqualTo(type);
    }

    private static StaticFiles onClassPath(Path entry, String folder) throws IOException {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try {
            Thread.currentThread()
                    .setContextClassLoader(
                            new URLClassLoader(new URL[] {entry.toUri().toURL()}, null));
            return new StaticFiles("/", folder);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    @Nested
    class OnTheClassPath {
        @Test
        void servesFilesOfAFolderFreshly() throws IOException {
            StaticFiles files = onClassPath(temp, "classpath:/public");
            assertThat(get(files, "/").body().utf8()).isEqualTo("home");
            assertThat(get(files, "/sub").status()).isEqualTo(301);
            assertThat(get(files, "/sub/").body().utf8()).isEqualTo("sub");
            assertThat(get(files, "/empty")).isNull();
            write("public/app.js", "new");
            assertThat(get(files, "/app.js").body().utf8()).isEqualTo("new");
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void servesFilesOfAJarWithAndWithoutDirectoryEntries(boolean directories) throws IOException {
            Path jar = temp.resolve("app.jar");
            try (OutputStream out = Files.newOutputStream(jar);
                    JarOutputStream entries = new JarOutputStream(out)) {
                if (directories) {
                    entries.putNextEntry(new JarEntry("public/"));
                    entries.putNextEntry(new JarEntry("public/sub/"));
                }
                entries.putNextEntry(new JarEntry("public/index.html"));
                entries.write(Wire.latin1("home"));
                entries.putNextEntry(new JarEntry("public/sub/index.html"));
                entries.write(Wire.latin1("sub"));
                entries.putNextEntry(new JarEntry("secret.txt"));
            }
            StaticFiles files = onClassPath(jar, "classpath:/public");
            HttpResponse first = get(files, "/");
            assertThat(first.body().utf8()).isEqualTo("home");
            assertThat(get(files, "/").body()).as("kept in the cache").isSameAs(first.body());
            assertThat(get(files, "/sub").status()).isEqualTo(301);
            assertThat(get(files, "/sub/").body().utf8()).isEqualTo("sub");
            assertThat(get(files, "/../secret.txt")).isNull();
            assertThat(get(files, "/sub/index.html/")).isNull();
        }
    }

    @Test
    void theCacheStaysWithinItsBytesAndDropsWhatWasNotUsedForLongest() {
        FileCache cache = new FileCache(100);
        FileCache.Entry entry = new FileCache.Entry(Bytes.wrap(new byte[25]), "\"x\"");
        for (String name : new String[] {"a", "b", "c", "d"}) {
            cache.keep(name, entry);
        }
        assertThat(cache.find("a")).isNotNull();
        cache.keep("e", entry);
        cache.keep("large", new FileCache.Entry(Bytes.wrap(new byte[26]), "\"y\""));
        assertThat(cache.find("b")).isNull();
        assertThat(cache.find("large")).isNull();
        for (String name : new String[] {"a", "c", "d", "e"}) {
            assertThat(cache.find(name)).as(name).isNotNull();
        }
    }
}
